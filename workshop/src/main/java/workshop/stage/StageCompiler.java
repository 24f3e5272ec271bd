package workshop.stage;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.apache.commons.io.FileUtils;
import workshop.db.WorkshopException;

/** Compiles a stage in this process, in about a second: Maven would take several. */
public final class StageCompiler {
    /**
     * What javac said.
     *
     * @param succeeded whether there are classes to run
     * @param messages javac's own text, empty when it had nothing to say
     */
    public record Result(boolean succeeded, String messages) {}

    private StageCompiler() {}

    /** @return a new folder for classes, which is deleted when this JVM ends */
    public static Path temporaryFolder() {
        try {
            var folder = Files.createTempDirectory("marketsvc-classes-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles the stage's main sources from scratch into its classes folder and copies its resources there. */
    public static Result compile(Stage stage) {
        return compile(stage, stage.sources());
    }

    /**
     * As {@link #compile(Stage)}, for whoever can do nothing without it.
     *
     * @param name for the message
     * @return the stage
     * @throws WorkshopException with what javac said
     */
    public static Stage require(Stage stage, String name) {
        var result = compile(stage);
        if (!result.succeeded()) {
            throw new WorkshopException(result.messages() + name + " does not compile.");
        }
        return stage;
    }

    /** Compiles {@code sources}, laid out as {@link Stage#sources()}, in place of the stage's own. */
    public static Result compile(Stage stage, Path sources) {
        var resources = sources.resolve("resources");
        try {
            FileUtils.deleteDirectory(stage.classes().toFile());
            if (Files.isDirectory(resources)) {
                FileUtils.copyDirectory(resources.toFile(), stage.classes().toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compile(sources.resolve("java"), stage.classes(), stage.libraries(), stage.options());
    }

    /** Compiles all Java files below {@code sources} into {@code classes}. */
    public static Result compile(Path sources, Path classes, List<Path> libraries, List<String> moreOptions) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        var options = new ArrayList<>(List.of(
                "--release",
                "25",
                "-parameters",
                "-proc:none",
                "-g",
                "-Xlint:-options",
                "-d",
                classes.toString(),
                "-cp",
                joined(libraries)));
        options.addAll(moreOptions);
        try (var files = compiler.getStandardFileManager(null, Locale.ROOT, null);
                var found = Files.walk(sources)) {
            Files.createDirectories(classes);
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(javaFiles(found));
            var succeeded = compiler.getTask(messages, files, null, options, null, units)
                    .call();
            return new Result(succeeded, messages.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> javaFiles(Stream<Path> found) {
        return found.filter(Stage::isSource)
                .filter(path -> path.toString().endsWith(".java"))
                .toList();
    }

    /** @return the class path that they make */
    public static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
