package workshop.stage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import workshop.db.WorkshopException;

/** A step's starter as its authors published it: found in git by the hash of its tree, whatever was committed since. */
public final class Starter {
    private static final String SOURCES = "src/main";

    private Starter() {}

    /** Replaces the exercise's sources by the starter's. */
    public static void restore(Step step) {
        var hash = Exercises.of(step).starter();
        var sources = step.exercise().sources();
        try {
            var files = new ArrayList<Path>();
            var texts = new ArrayList<byte[]>();
            for (var name : text(git("ls-tree", "-r", "--name-only", "--full-tree", hash))
                    .lines()
                    .toList()) {
                files.add(sources.resolve(name));
                texts.add(git("cat-file", "blob", hash + ":" + name));
            }
            org.apache.commons.io.FileUtils.cleanDirectory(sources.toFile());
            for (var i = 0; i < files.size(); i++) {
                Files.createDirectories(files.get(i).getParent());
                Files.write(files.get(i), texts.get(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return git's hash of the exercise's sources as they are in the working tree, committed or not */
    public static String hash(Step step) {
        try {
            var index = Files.createTempDirectory("marketsvc-index").resolve("index");
            var folder = Repository.root()
                    .relativize(step.exercise().module())
                    .resolve(SOURCES)
                    .toString()
                    .replace(File.separatorChar, '/');
            git(index, "add", "--all", folder);
            return text(git(index, "write-tree", "--prefix=" + folder + "/")).strip();
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

    private static byte[] git(Path index, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(Repository.root().toFile());
        if (index != null) {
            builder.environment().put("GIT_INDEX_FILE", index.toString());
        }
        var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var output = process.getInputStream().readAllBytes();
        try {
            if (process.waitFor() == 0) {
                return output;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new WorkshopException("The starter comes from git's history, which is not here (git " + arguments[0]
                + " failed): clone the workshop with git instead of unpacking an archive.");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
