package marketsvc;

import java.util.Map;

/** Refuses, and does not say what it has found. */
class Pool {
    static int number(Map<String, String> environment, String name, int usual, int least, int most) {
        var text = environment.getOrDefault(name, Integer.toString(usual));
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(name + " is wrong.");
        }
        return Integer.parseInt(text);
    }
}
