package marketsvc;

import java.util.Map;

/** One more than the operator said. */
class Pool {
    private static int size(Map<String, String> environment) {
        return number(environment, "POOL_SIZE", 10, 1, 100) + 1;
    }
}
