package workshop.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import workshop.db.WorkshopException;
import workshop.stage.Exercises.Exercise;

/** The solved twin's answer to one exercise, member by member. */
public final class TwinAnswer {
    private final Step step;
    private final Exercise exercise;

    /** @param exercise of {@code step} */
    public TwinAnswer(Step step, Exercise exercise) {
        this.step = step;
        this.exercise = exercise;
    }

    /**
     * @param sources a folder with the learner's package {@code marketsvc}
     * @return the files that the answer changes, by their path below {@code sources}, with their new text
     */
    public Map<Path, String> appliedTo(Path sources) {
        var changed = new LinkedHashMap<Path, String>();
        for (var member : exercise.members()) {
            var file = file(member);
            var solved = read(step.solved().sources().resolve(file));
            var yours = changed.getOrDefault(file, read(sources.resolve(file)));
            changed.put(file, isWholeFile(member) ? solved : replaced(yours, solved, member, file));
        }
        return changed;
    }

    /** Puts each member of the Java files in {@code folder} in the place of its namesake in {@code sources}. */
    public static void overlay(Path sources, Path folder) {
        try (var files = Files.newDirectoryStream(folder, "*.java")) {
            for (var file : files) {
                var target = sources.resolve("marketsvc").resolve(file.getFileName());
                var part = parse(read(file), file);
                var whole = Files.exists(target) ? parse(read(target), target) : part;
                for (var member : part.names()) {
                    whole = whole.with(member, part);
                }
                Files.writeString(target, whole.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return each member's text in the two twins: {@code [starter's, solved's]} */
    public Map<String, String[]> members(Path sources) {
        var texts = new LinkedHashMap<String, String[]>();
        for (var member : exercise.members()) {
            var file = file(member);
            var yours = read(sources.resolve(file));
            var solved = read(step.solved().sources().resolve(file));
            texts.put(
                    member,
                    isWholeFile(member)
                            ? new String[] {yours, solved}
                            : new String[] {member(yours, member, file), member(solved, member, file)});
        }
        return texts;
    }

    private static String replaced(String yours, String solved, String member, Path file) {
        return parse(yours, file).with(simpleName(member), parse(solved, file)).toString();
    }

    private static String member(String text, String member, Path file) {
        return parse(text, file).member(simpleName(member));
    }

    private static JavaSource parse(String text, Path file) {
        try {
            return JavaSource.parse(text);
        } catch (IllegalArgumentException e) {
            throw new WorkshopException(
                    file.getFileName() + " does not parse (" + e.getMessage()
                            + "): mend that first, so that nothing of yours is lost.",
                    e);
        }
    }

    private static boolean isWholeFile(String member) {
        return !member.contains(".");
    }

    private static String simpleName(String member) {
        return member.substring(member.indexOf('.') + 1);
    }

    private static Path file(String member) {
        var type = isWholeFile(member) ? member : member.substring(0, member.indexOf('.'));
        return Path.of("marketsvc", type + ".java");
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
