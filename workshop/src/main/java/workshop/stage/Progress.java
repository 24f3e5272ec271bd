package workshop.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the learner is: kept in {@code .workshop/progress.json}, which git ignores.
 *
 * @param step the current step's number
 * @param done the numbers of the exercises whose checks have passed
 * @param rungs how many rungs of an exercise's hints were shown
 */
public record Progress(int step, TreeSet<String> done, TreeMap<String, Integer> rungs) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public Progress {
        step = Math.max(1, step);
        done = done == null ? new TreeSet<>() : done;
        rungs = rungs == null ? new TreeMap<>() : rungs;
    }

    /** @return what was saved; step 1 and nothing done at first. A file that cannot be read is kept beside, as {@code .bad}. */
    public static Progress load() {
        var file = file();
        try {
            return Files.exists(file)
                    ? JSON.readValue(Files.readString(file), Progress.class)
                    : new Progress(1, null, null);
        } catch (IOException | JacksonException damaged) {
            try {
                Files.move(file, file.resolveSibling("progress.json.bad"), StandardCopyOption.REPLACE_EXISTING);
                return new Progress(1, null, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public Progress at(int number) {
        return new Progress(number, done, rungs);
    }

    public void save() {
        try {
            // Written aside and moved, so that a Ctrl-C in between loses nothing.
            var fresh = Files.createTempFile(Repository.state(), "progress", ".json");
            Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
            Files.move(fresh, file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file() {
        return Repository.state().resolve("progress.json");
    }
}
