package workshop.stage;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;

/**
 * The classes of a step's libraries as the JVM wants them in memory (class data sharing), so that a stage starts in half of
 * the time: 1.0 s of processor time instead of 2.0 s for step 4. A check starts its stage several times, the author's gate
 * hundreds of times.
 *
 * <p>The first stage of a step that ends lists the classes that it has loaded, and the archive is made of that list. Without
 * one everything works as with it.
 */
final class ClassArchive {
    private static final int LIMIT_SECONDS = 60;

    /** Who has two JDKs, or two branches, may want both of the last day. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Stage stage;
    private final Path file;
    private final Path list;

    private ClassArchive(Stage stage, Path folder, String name) {
        this.stage = stage;
        this.file = folder.resolve(name + ".jsa");
        this.list = folder.resolve(name + "-" + UUID.randomUUID() + ".classes");
    }

    /** @return the archive of the stage's libraries, for the JVM that we run in; whether it is there or not */
    static ClassArchive of(Stage stage) {
        var madeFor = StageCompiler.joined(stage.libraries()) + stage.options() + System.getProperty("java.vm.version");
        var name = step(stage) + "-" + UUID.nameUUIDFromBytes(madeFor.getBytes(StandardCharsets.UTF_8));
        return new ClassArchive(stage, Repository.state().resolve("class-archives"), name);
    }

    /** @return {@code step-1-jdbc}, whose twins have the same libraries */
    private static String step(Stage stage) {
        return stage.name().split("/")[0];
    }

    /** @return options of the JVM that runs the stage: to use the archive, or to list what has to be in it */
    List<String> options() {
        if (Files.exists(file)) {
            return List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:aot=off");
        }
        try {
            Files.createDirectories(file.getParent());
            return List.of("-XX:DumpLoadedClassList=" + list);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Makes the archive, when the stage has ended that was started with {@link #options()} and there is none yet. */
    void make(List<String> jvm) {
        if (Files.notExists(list)) {
            return;
        }
        var made = Path.of(list + ".jsa");
        try {
            if (Files.notExists(file) && dump(jvm, made)) {
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
                deleteOld();
            }
        } catch (IOException e) {
            // Then the next stage starts as slowly as this one.
            System.getLogger(ClassArchive.class.getName()).log(System.Logger.Level.DEBUG, "no archive", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            FileUtils.deleteQuietly(made.toFile());
            FileUtils.deleteQuietly(list.toFile());
        }
    }

    /** The step's archives, and lists, of libraries and of a JVM that it had before: some 60 MB each. */
    private void deleteOld() throws IOException {
        try (var files = Files.newDirectoryStream(file.getParent(), step(stage) + "-*")) {
            for (var old : files) {
                if (Files.getLastModifiedTime(old)
                        .toInstant()
                        .isBefore(Instant.now().minus(KEPT))) {
                    FileUtils.deleteQuietly(old.toFile());
                }
            }
        }
    }

    private boolean dump(List<String> jvm, Path made) throws IOException, InterruptedException {
        var command = new ArrayList<>(jvm);
        command.addAll(List.of(
                "-Xshare:dump",
                "-XX:+AOTClassLinking",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + made));
        command.addAll(List.of("-cp", StageCompiler.joined(stage.libraries())));
        var dump = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        try {
            return dump.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && dump.exitValue() == 0;
        } finally {
            dump.destroyForcibly();
        }
    }
}
