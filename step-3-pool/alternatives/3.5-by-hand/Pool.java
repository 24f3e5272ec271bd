package marketsvc;

import java.util.Map;

/** Parses the size by itself. */
class Pool {
    private static int size(Map<String, String> environment) {
        var text = environment.getOrDefault("POOL_SIZE", "10");
        try {
            var size = Integer.parseUnsignedInt(text);
            if (size > 0 && size <= 100) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("POOL_SIZE is no number: " + text, e);
        }
        throw new IllegalArgumentException("POOL_SIZE has to be from 1 to 100: " + text);
    }
}
