package marketsvc;

import java.util.Map;

/** Takes ten when it cannot read the number: the operator never learns of it. */
class Pool {
    private static int size(Map<String, String> environment) {
        try {
            return Integer.parseInt(environment.getOrDefault("POOL_SIZE", "10"));
        } catch (NumberFormatException e) {
            return 10;
        }
    }
}
