package workshop.stage;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import workshop.db.WorkshopException;
import workshop.stage.Exercises.Exercise;

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

    /** @return what was saved; step 1 and nothing done at first. A damaged file is kept beside, as {@code .bad}. */
    public static Progress load() {
        var file = file();
        try {
            return Files.exists(file) ? JSON.readValue(Files.readString(file), Progress.class) : atTheStart();
        } catch (CharacterCodingException | JacksonException damaged) {
            return withoutDamaged(file);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static Progress withoutDamaged(Path file) {
        var kept = file.resolveSibling("progress.json.bad");
        try {
            Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unusable(file, e);
        }
        System.err.println(
                "Your progress could not be read: its file is kept as "
                        + Repository.root().relativize(kept)
                        + ", and you are at step 1 again.\nSay ./run.sh step N to go to yours; a check notes again what passes.");
        return atTheStart();
    }

    private static Progress atTheStart() {
        return new Progress(1, null, null);
    }

    private static WorkshopException unusable(Path file, IOException e) {
        return new WorkshopException(
                "Cannot use " + file + ": " + e + "\nIf another user made it, as by sudo, delete it.", e);
    }

    public Progress at(int number) {
        return new Progress(number, done, rungs);
    }

    public void save() {
        try {
            Repository.replace(file(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
        } catch (IOException e) {
            throw unusable(file(), e);
        }
    }

    private static Path file() {
        return Repository.state().resolve("progress.json");
    }

    /** @return whether it has passed its check, or was taken over from the twin */
    public boolean isAnswered(Exercise exercise) {
        var step = exercise.step();
        return done().contains(exercise.number())
                || new TwinAnswer(step, exercise).isTakenOver(step.exercise().sources());
    }
}
