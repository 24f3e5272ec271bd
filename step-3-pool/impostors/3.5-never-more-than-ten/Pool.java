package marketsvc;

import java.util.Map;

/** Obeys only as far as it thinks right. */
class Pool {
    private static int size(Map<String, String> environment) {
        return Math.min(10, number(environment, "POOL_SIZE", 10, 1, 100));
    }
}
