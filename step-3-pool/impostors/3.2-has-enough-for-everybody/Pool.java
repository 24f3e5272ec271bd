package marketsvc;

import java.util.Map;

/** Avoids the answer by a pool so large that nobody waits for a connection, but all wait inside the server. */
class Pool {
    private static int size(Map<String, String> environment) {
        return 200;
    }
}
