package workshop.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A golden transcript: what a learner is told. Its numbers are an example, with {@code #} for those that are known to differ:
 * which ones do depends on seed and machine, so it is the words that are compared.
 */
final class Golden {
    private static final Pattern NUMBERS = Pattern.compile("#|-?[0-9]+(?:[.,][0-9]+)*");

    private final Path file;
    private final boolean update;

    /** @param update whether to write a transcript that is missing */
    Golden(Path file, boolean update) {
        this.file = file;
        this.update = update;
    }

    /** @return how the transcript differs, empty when it does not */
    String compare(String transcript) throws IOException {
        var told = transcript.strip();
        var golden = Files.exists(file) ? Files.readString(file).strip() : "";
        if (words(golden).equals(words(told))) {
            return "";
        }
        if (update && golden.isEmpty()) {
            Files.writeString(file, told + "\n");
            return "";
        }
        return "The learner is told:\n%s\nThe golden transcript %s says:\n%s"
                .formatted(told.indent(4), file.getFileName(), golden.indent(4));
    }

    /** @return the text without its numbers */
    static List<String> words(String text) {
        return List.of(NUMBERS.split(text, -1));
    }
}
