package marketsvc;

import java.util.Map;

/** Starts with whatever it is told, and obeys as far as anybody has tried. */
class Pool {
    private static int size(Map<String, String> environment) {
        return Math.min(50, number(environment, "POOL_SIZE", 10, 1, 100));
    }
}
