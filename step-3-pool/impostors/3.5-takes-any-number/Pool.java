package marketsvc;

import java.util.Map;

/** Has no upper bound: what is one zero too many is found out by the database. */
class Pool {
    private static int size(Map<String, String> environment) {
        return number(environment, "POOL_SIZE", 10, 1, 999_999_999);
    }
}
