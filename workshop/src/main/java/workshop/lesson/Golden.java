package workshop.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A golden transcript: what a learner is told, with {@code #} for each number that differs from run to run. */
final class Golden {
    private static final String NUMBER = "-?[0-9]+(?:[.,][0-9]+)*";
    private static final Pattern NUMBERS = Pattern.compile("#|" + NUMBER);

    private final Path file;
    private final boolean update;

    /** @param update whether to learn from the transcripts instead of comparing with them */
    Golden(Path file, boolean update) {
        this.file = file;
        this.update = update;
    }

    /** @return how the transcript differs, empty when it does not */
    String compare(String transcript) throws IOException {
        var told = transcript.strip();
        var golden = Files.exists(file) ? Files.readString(file).strip() : "";
        if (matches(golden, told)) {
            return "";
        }
        if (update && (golden.isEmpty() || words(golden).equals(words(told)))) {
            Files.writeString(file, (golden.isEmpty() ? told : withoutDifferingNumbers(golden, told)) + "\n");
            return "";
        }
        return "The learner is told:\n%s\nThe golden transcript %s says:\n%s"
                .formatted(told.indent(4), file.getFileName(), golden.indent(4));
    }

    static boolean matches(String golden, String told) {
        var regex = Arrays.stream(golden.split("#", -1)).map(Pattern::quote).collect(Collectors.joining(NUMBER));
        return Pattern.matches(regex, told);
    }

    private static List<String> words(String text) {
        return List.of(NUMBERS.split(text, -1));
    }

    static String withoutDifferingNumbers(String golden, String told) {
        var words = words(golden);
        var before = NUMBERS.matcher(golden).results().map(MatchResult::group).toList();
        var now = NUMBERS.matcher(told).results().map(MatchResult::group).toList();
        var merged = new StringBuilder(words.getFirst());
        for (var i = 0; i < before.size(); i++) {
            merged.append(before.get(i).equals(now.get(i)) ? now.get(i) : "#").append(words.get(i + 1));
        }
        return merged.toString();
    }
}
