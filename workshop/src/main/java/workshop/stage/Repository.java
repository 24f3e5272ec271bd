package workshop.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import workshop.db.WorkshopException;

/** The learner's clone: where its steps are, and where local state is kept. */
public final class Repository {
    private Repository() {}

    /** @return the folder that holds run.sh: {@code -Dworkshop.root}, else the nearest one above the working directory */
    public static Path root() {
        var named = System.getProperty("workshop.root");
        for (var folder = Path.of(named == null ? "" : named).toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.exists(folder.resolve("run.sh"))) {
                return folder;
            }
        }
        throw new WorkshopException("This is not inside the workshop's repository: start it with its run.sh.");
    }

    /** @return {@code .workshop}, git-ignored: progress, kept answers, running services */
    public static Path state() {
        try {
            return Files.createDirectories(root().resolve(".workshop"));
        } catch (IOException e) {
            throw new WorkshopException(
                    "Cannot write to " + root() + ": clone the workshop to a folder of your own.", e);
        }
    }

    /** @return where it is noted which services run */
    static Path running() throws IOException {
        return Files.createDirectories(state().resolve("running"));
    }

    /** Writes aside and moves: whoever reads the file meanwhile finds all of it, and a full disk does not cut it short. */
    static void replace(Path file, String text) throws IOException {
        var fresh = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** @return all steps, by number */
    public static List<Step> steps() {
        try (var folders = Files.list(root())) {
            return folders.filter(folder -> folder.getFileName().toString().matches("step-\\d+-.+"))
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(Step::new)
                    .sorted(Comparator.comparing(Step::number))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name a step's number or name: {@code 1}, {@code step-1}, {@code step-1-jdbc}, {@code jdbc} */
    public static Step step(String name) {
        return steps().stream()
                .filter(step -> step.isNamed(name))
                .findFirst()
                .orElseThrow(() -> new WorkshopException("There is no step \"%s\" here. The steps are: %s."
                        .formatted(
                                name,
                                steps().stream()
                                        .map(step -> step.number() + " (" + step.topic() + ")")
                                        .collect(Collectors.joining(", ")))));
    }
}
