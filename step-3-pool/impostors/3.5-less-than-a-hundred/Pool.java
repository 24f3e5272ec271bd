package marketsvc;

import java.util.Map;

/** Takes the last number for one too many. */
class Pool {
    private static int size(Map<String, String> environment) {
        return number(environment, "POOL_SIZE", 10, 1, 99);
    }
}
