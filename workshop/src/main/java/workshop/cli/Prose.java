package workshop.cli;

import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** Sentences for a person, broken between words where the terminal ends; a program gets each line whole. */
final class Prose {
    private static final int WIDEST = 100;
    private static final int WIDTH = Ansi.AUTO.enabled() ? Math.min(terminalWidth(), WIDEST) : Integer.MAX_VALUE;

    private Prose() {}

    private static int terminalWidth() {
        return CommandSpec.create().usageMessage().autoWidth(true).width();
    }

    /** @return the text with each line after the first indented */
    static String wrapped(String text, String indent) {
        return wrapped(text, indent, WIDTH);
    }

    /** @param width in columns; a word that is longer than that stays whole */
    static String wrapped(String text, String indent, int width) {
        return text.strip()
                .lines()
                .map(line -> wrappedLine(line, indent, width))
                .collect(Collectors.joining("\n" + indent));
    }

    private static String wrappedLine(String line, String indent, int width) {
        var text = line.stripLeading();
        var lines = new StringBuilder(line.substring(0, line.length() - text.length()));
        var column = indent.length() + lines.length();
        var begins = true;
        for (var word : text.split(" ")) {
            if (!begins && column + 1 + word.length() > width) {
                lines.append('\n').append(indent);
                column = indent.length();
            } else if (!begins) {
                lines.append(' ');
                column++;
            }
            lines.append(word);
            column += word.length();
            begins = false;
        }
        return lines.toString();
    }
}
