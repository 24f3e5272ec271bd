package workshop.stage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workshop.db.WorkshopException;

/**
 * One runnable marketsvc: a Maven module, and the folder that its compiled classes are in.
 *
 * @param module the folder with the stage's pom.xml and src
 * @param classes where its compiled classes are, or will be
 */
public record Stage(Path module, Path classes) {
    /** The stage as Maven compiles it. */
    public static Stage module(Path module) {
        return new Stage(module, module.resolve("target").resolve("classes"));
    }

    /** @return the same sources, compiled to another folder */
    public Stage compiledTo(Path folder) {
        return new Stage(module, folder);
    }

    /** @return {@code step-1-jdbc/exercise}, which is also the application name of its sessions */
    public String name() {
        return step() + "/" + module.getFileName();
    }

    /** @return {@code src/main}, with the folders {@code java} and {@code resources} */
    public Path sources() {
        return module.resolve("src/main");
    }

    /** @return whether a file is one of the sources, and not what an editor or the system keeps beside them */
    public static boolean isSource(Path file) {
        var name = file.getFileName().toString();
        return !name.matches("[.#].*|.*~") && Files.isRegularFile(file);
    }

    /** @return the jars that the stage runs on, as Maven resolved them */
    public List<Path> libraries() {
        if (!isResolved()) {
            Maven.resolve(step(), List.of(module.resolveSibling("exercise"), module.resolveSibling("solved")));
        }
        return resolved();
    }

    /** @return whether {@link #libraries()} are known without asking Maven, and still there */
    public boolean isResolved() {
        try {
            return Files.exists(classpath()) && resolved().stream().allMatch(Files::exists);
        } catch (InvalidPathException writtenByAnotherSystem) {
            return false; // Linux in a container or a WSL, and Windows, on one clone
        }
    }

    private List<Path> resolved() {
        try {
            return Stream.of(Files.readString(classpath()).strip().split(File.pathSeparator))
                    .map(Path::of)
                    .toList();
        } catch (IOException e) {
            throw new WorkshopException("Cannot read " + classpath() + ": " + e.getMessage(), e);
        }
    }

    /** Resolves the libraries of all of {@code stages} by one call of Maven, as far as that was not done before. */
    public static void resolve(String what, List<Stage> stages) {
        var missing = stages.stream()
                .filter(stage -> !stage.isResolved())
                .map(Stage::module)
                .toList();
        if (!missing.isEmpty()) {
            Maven.resolve(what, missing);
        }
    }

    private Path classpath() {
        return module.resolve("target").resolve("classpath");
    }

    private String step() {
        return module.getParent().getFileName().toString();
    }

    /** @return javac's and java's options for the module, from its pom: {@code --enable-preview} or none */
    public List<String> options() {
        try {
            var pom = Files.readString(module.resolve("../pom.xml"));
            return pom.contains("--enable-preview") ? List.of("--enable-preview") : List.of();
        } catch (IOException e) {
            throw new WorkshopException("Cannot read the pom of " + name() + ": " + e.getMessage(), e);
        }
    }
}
