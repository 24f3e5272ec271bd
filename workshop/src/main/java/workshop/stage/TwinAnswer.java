package workshop.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.io.FileUtils;
import workshop.db.WorkshopException;
import workshop.stage.Exercises.Exercise;

/** The solved twin's answer to one exercise, member by member. */
public final class TwinAnswer {
    private static final String PACKAGE = "java/marketsvc";

    private final Step step;
    private final Exercise exercise;

    /** @param exercise of {@code step} */
    public TwinAnswer(Step step, Exercise exercise) {
        this.step = step;
        this.exercise = exercise;
    }

    /**
     * @param sources the learner's, laid out as {@link Stage#sources()}
     * @return the files that the answer changes, by their path below {@code sources}, with their new text; empty for those
     *     that it has no use for
     */
    private Map<Path, String> appliedTo(Path sources) {
        var changed = new LinkedHashMap<Path, String>();
        for (var member : exercise.members()) {
            var file = file(member);
            var solved = read(step.solved().sources().resolve(file));
            var yours = changed.getOrDefault(file, read(sources.resolve(file)));
            changed.put(file, isWholeFile(member) ? solved : replaced(yours, solved, member, file));
        }
        bridge().forEach((file, part) -> {
            var yours = read(sources.resolve(file));
            changed.put(file, bridged(changed.getOrDefault(file, yours), part, yours, file));
        });
        changed.replaceAll((file, text) -> withoutTodo(text));
        return changed;
    }

    /** Where a class is empty yet, what is to be done stands before no member. */
    private String withoutTodo(String text) {
        return text.replaceAll(
                "(?m)^ *// TODO %s:.*\\R( *// {5}.*\\R)*"
                        .formatted(exercise.number().replace(".", "\\.")),
                "");
    }

    /**
     * What a class needs while some of its exercises are solved and others are not, such as the fields of both: partial
     * classes in {@code step-N/bridges/N.M}, where there are any.
     */
    private Map<Path, String> bridge() {
        var folder = step.folder().resolve("bridges").resolve(exercise.number());
        var parts = new LinkedHashMap<Path, String>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "*.java")) {
                files.forEach(file -> parts.put(Path.of(PACKAGE).resolve(file.getFileName()), read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return parts;
    }

    /** What is the twin's own already stays: a later exercise has been solved, which goes beyond the bridge. */
    private String bridged(String whole, String part, String yours, Path file) {
        if (yours.isEmpty()) {
            return merged(whole, part, file, member -> true);
        }
        var before = parse(yours, file);
        var solved = parse(read(step.solved().sources().resolve(file)), file);
        return merged(
                whole,
                part,
                file,
                member -> before.member(member).isEmpty()
                        || !before.member(member)
                                .strip()
                                .equals(solved.member(member).strip()));
    }

    /** @return {@code whole} with those of {@code part}'s members that are {@code wanted} in the place of its own */
    private static String merged(String whole, String part, Path file, Predicate<String> wanted) {
        var parsed = parse(part, file);
        if (whole.isEmpty()) {
            return part;
        }
        var merged = parse(whole, file);
        for (var member : parsed.names()) {
            merged = wanted.test(member) ? merged.with(member, parsed) : merged;
        }
        return merged.toString();
    }

    /**
     * Puts each member of the Java files in {@code folder} in the place of its namesake in {@code sources}, and what is in
     * its folder {@code resources}, if there is one, in the place of the same files.
     */
    public static void overlay(Path sources, Path folder) {
        var resources = folder.resolve("resources");
        try (var files = Files.newDirectoryStream(folder, "*.java")) {
            for (var file : files) {
                var target = sources.resolve(PACKAGE).resolve(file.getFileName());
                Files.writeString(target, merged(read(target), read(file), file, member -> true));
            }
            if (Files.isDirectory(resources)) {
                FileUtils.copyDirectory(
                        resources.toFile(), sources.resolve("resources").toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the answer over into {@code sources}. */
    public void writeTo(Path sources) throws IOException {
        for (var change : appliedTo(sources).entrySet()) {
            write(sources.resolve(change.getKey()), change.getValue());
        }
    }

    /** Writes what {@link #appliedTo} says: a file without text is deleted. */
    private static void write(Path file, String text) throws IOException {
        if (text.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.createDirectories(file.getParent());
            Repository.replace(file, text);
        }
    }

    /** @return each member's text before the answer and after: {@code [starter's, answer's]} */
    public Map<String, String[]> members(Path sources) {
        var answered = appliedTo(sources);
        var texts = new LinkedHashMap<String, String[]>();
        for (var member : exercise.members()) {
            var file = file(member);
            var yours = read(sources.resolve(file));
            var answer = answered.get(file);
            texts.put(
                    member,
                    isWholeFile(member)
                            ? new String[] {yours, answer}
                            : new String[] {member(yours, member, file), member(answer, member, file)});
        }
        return texts;
    }

    /** @return whether each member of the answer is in {@code sources} as it is in the twin */
    public boolean isTakenOver(Path sources) {
        return members(sources).values().stream().allMatch(texts -> texts[0].equals(texts[1]));
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
        return member.contains("/");
    }

    private static String simpleName(String member) {
        return member.substring(member.indexOf('.') + 1);
    }

    private static Path file(String member) {
        return isWholeFile(member)
                ? Path.of(member)
                : Path.of(PACKAGE, member.substring(0, member.indexOf('.')) + ".java");
    }

    /** With the repository's line ends: an editor on Windows may have saved its own. */
    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
