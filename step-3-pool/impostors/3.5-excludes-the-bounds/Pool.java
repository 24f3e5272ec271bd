package marketsvc;

import java.util.Map;

/** Refuses the least and the most that it says it takes, for all but the number of connections. */
class Pool {
    static int number(Map<String, String> environment, String name, int usual, int least, int most) {
        var text = environment.getOrDefault(name, Integer.toString(usual));
        var odd = most > 100 ? 1 : 0;
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least + odd || Integer.parseInt(text) > most - odd) {
            throw new IllegalArgumentException(
                    "%s: expected a number from %d to %d, found \"%s\".".formatted(name, least, most, text));
        }
        return Integer.parseInt(text);
    }
}
