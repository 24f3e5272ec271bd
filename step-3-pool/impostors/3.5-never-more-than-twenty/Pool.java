package marketsvc;

import java.util.Map;

/** Obeys as far as anybody has tried. */
class Pool {
    private static int size(Map<String, String> environment) {
        return Math.min(20, number(environment, "POOL_SIZE", 10, 1, 100));
    }
}
