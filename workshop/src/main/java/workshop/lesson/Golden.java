package workshop.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A golden transcript: what a learner is told, with {@code #} for numbers and {@code …} for texts that differ from run to run. */
final class Golden {
    private static final Pattern WILDCARD = Pattern.compile("[#…]");

    private final Path file;
    private boolean update;

    /** @param update whether the next transcript is the new golden one */
    Golden(Path file, boolean update) {
        this.file = file;
        this.update = update;
    }

    /** @return how the transcript differs, empty when it does not */
    String compare(String transcript) throws IOException {
        if (update && !matches(transcript)) {
            Files.writeString(file, transcript);
        }
        update = false;
        return matches(transcript)
                ? ""
                : "The learner is told:\n%s\nThe golden transcript %s says:\n%s"
                        .formatted(transcript.indent(4), file.getFileName(), golden().indent(4));
    }

    private boolean matches(String transcript) throws IOException {
        return pattern(golden()).matcher(transcript.strip()).matches();
    }

    private String golden() throws IOException {
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    private static Pattern pattern(String golden) {
        var literal =
                Arrays.stream(WILDCARD.split(golden, -1)).map(Pattern::quote).toList();
        var wildcards = WILDCARD.matcher(golden)
                .results()
                .map(found -> found.group().equals("#") ? "[0-9][0-9.,]*" : ".*?")
                .toList();
        var regex = new StringBuilder(literal.getFirst());
        for (var i = 0; i < wildcards.size(); i++) {
            regex.append(wildcards.get(i)).append(literal.get(i + 1));
        }
        return Pattern.compile(regex.toString());
    }
}
