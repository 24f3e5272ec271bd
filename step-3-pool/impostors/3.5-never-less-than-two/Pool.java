package marketsvc;

import java.util.Map;

/** Does not believe that one is enough. */
class Pool {
    private static int size(Map<String, String> environment) {
        return Math.max(2, number(environment, "POOL_SIZE", 10, 1, 100));
    }
}
