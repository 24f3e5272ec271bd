package marketsvc;

import java.util.Map;

/** Refuses the number in words that do not say which. */
class Pool {
    private static int size(Map<String, String> environment) {
        return Integer.parseInt(environment.getOrDefault("POOL_SIZE", "10"));
    }
}
