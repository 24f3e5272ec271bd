package workshop.stage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;
import workshop.db.WorkshopException;

/** A step's starter as its authors published it: found in git by the hash of its tree, whatever was committed since. */
public final class Starter {
    private static final String SOURCES = "src/main";
    private static final String OBJECTS = "objects";

    private Starter() {}

    /** Fails, and says what to do, unless there is a git, and a history that {@link #restore} can read. */
    public static void requireHistory() {
        try {
            git("rev-parse", "--verify", "HEAD");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the exercise's sources by the starter's. */
    public static void restore(Step step) {
        var hash = Exercises.of(step).starter();
        var sources = step.exercise().sources();
        try {
            // Complete first, then moved: what goes wrong until then, such as a full disk, changes nothing.
            var fresh = Files.createTempDirectory(Repository.state(), "starter-");
            try {
                var names = text(git("ls-tree", "-r", "--name-only", "--full-tree", hash))
                        .lines()
                        .toList();
                for (var name : names) {
                    FileUtils.writeByteArrayToFile(
                            fresh.resolve(name).toFile(), git("cat-file", "blob", hash + ":" + name));
                }
                FileUtils.cleanDirectory(sources.toFile());
                for (var name : names) {
                    FileUtils.moveFile(
                            fresh.resolve(name).toFile(), sources.resolve(name).toFile());
                }
            } finally {
                FileUtils.deleteQuietly(fresh.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return git's hash of the exercise's sources as they are in the working tree, committed or not */
    public static String hash(Step step) {
        try {
            var aside = Files.createTempDirectory("marketsvc-index");
            try {
                Files.createDirectory(aside.resolve(OBJECTS));
                var folder = Repository.root()
                        .relativize(step.exercise().module())
                        .resolve(SOURCES)
                        .toString()
                        .replace(File.separatorChar, '/');
                git(aside, "add", "--all", folder);
                return text(git(aside, "write-tree", "--prefix=" + folder + "/"))
                        .strip();
            } finally {
                FileUtils.deleteQuietly(aside.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return whether the exercise is the starter still; unknown, as where there is no git, is no */
    static boolean isUntouched(Step step) {
        try {
            return hash(step).equals(Exercises.of(step).starter());
        } catch (WorkshopException noGit) {
            return false;
        }
    }

    private static byte[] git(String... arguments) throws IOException {
        return git(null, arguments);
    }

    /** @param aside where git is to keep its index and what it adds, instead of in the learner's repository */
    private static byte[] git(Path aside, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(Repository.root().toFile());
        builder.environment().put("LC_ALL", "C");
        if (aside != null) {
            builder.environment().put("GIT_INDEX_FILE", aside.resolve("index").toString());
            builder.environment()
                    .put("GIT_OBJECT_DIRECTORY", aside.resolve(OBJECTS).toString());
        }
        var process = started(builder);
        var complaints = CompletableFuture.supplyAsync(() -> complaints(process));
        var output = process.getInputStream().readAllBytes();
        try {
            if (process.waitFor() == 0) {
                return output;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw unreadable(complaints.join());
    }

    private static Process started(ProcessBuilder git) {
        try {
            return git.start();
        } catch (IOException e) {
            throw new WorkshopException(
                    "The starter comes from git's history, and git does not start: install git and try again.", e);
        }
    }

    private static List<String> complaints(Process git) {
        try (var lines = git.errorReader(StandardCharsets.UTF_8)) {
            return lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static WorkshopException unreadable(List<String> complaints) {
        var first = complaints.isEmpty() ? "nothing" : complaints.getFirst();
        return new WorkshopException("The starter comes from git's history, and git says: " + first + "\n"
                + (first.contains("dubious ownership")
                        ? "If you trust that folder, say: " + complaints.getLast()
                        : "Clone the workshop with git instead of unpacking an archive."));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
