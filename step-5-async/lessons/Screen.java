import java.util.List;

/** The terminal: colours and pauses when somebody looks, plain text at once when not. */
class Screen {
    static final int WIDTH = 79;
    static final boolean INTERACTIVE =
            System.console() != null && System.console().isTerminal();

    private static final boolean COLOURED = Boolean.getBoolean("lesson.colour");
    private static final List<String> LANES = List.of("39", "36", "33", "35", "32");

    private Screen() {}

    static void print(String line) {
        System.out.println(line.stripTrailing());
        System.out.flush();
    }

    /** Prints a text: its lines are filled, but for empty and indented ones. */
    static void fill(List<String> lines) {
        var filled = new StringBuilder();
        for (var line : lines) {
            if (line.isEmpty() || line.startsWith(" ")) {
                flush(filled);
                print(line);
                continue;
            }
            for (var word : line.split(" ")) {
                if (filled.length() + 1 + word.length() > WIDTH) {
                    flush(filled);
                }
                filled.append(filled.isEmpty() ? "" : " ").append(word);
            }
        }
        flush(filled);
    }

    private static void flush(StringBuilder filled) {
        if (!filled.isEmpty()) {
            print(filled.toString());
            filled.setLength(0);
        }
    }

    static String bold(String text) {
        return in("1", text);
    }

    static String faint(String text) {
        return in("2", text);
    }

    static String good(String text) {
        return in("32", text);
    }

    static String bad(String text) {
        return in("31", text);
    }

    /** @return the text in the colour of the first, second, … lane */
    static String ofLane(int lane, String text) {
        return in(LANES.get(lane % LANES.size()), text);
    }

    private static String in(String colour, String text) {
        return COLOURED && !text.isBlank() ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }

    /** Leaves time to look. */
    static void pause(long millis) throws InterruptedException {
        if (INTERACTIVE) {
            Thread.sleep(millis);
        }
    }
}
