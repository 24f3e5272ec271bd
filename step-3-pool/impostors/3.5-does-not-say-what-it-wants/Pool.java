package marketsvc;

import java.util.Map;

/** Refuses, and leaves the operator to guess what would do. */
class Pool {
    static int number(Map<String, String> environment, String name, int usual, int least, int most) {
        var text = environment.getOrDefault(name, Integer.toString(usual));
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("%s: \"%s\" is wrong.".formatted(name, text));
        }
        return Integer.parseInt(text);
    }
}
