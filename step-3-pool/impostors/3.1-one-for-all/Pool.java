package marketsvc;

import java.util.Map;

/** Shares one connection among all requests, which wait for each other. */
class Pool {
    private static int size(Map<String, String> environment) {
        return 1;
    }
}
