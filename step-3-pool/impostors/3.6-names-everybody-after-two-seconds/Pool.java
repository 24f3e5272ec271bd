package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Copies the number from a web page, whatever POOL_LEAK_MS says. */
class Pool {
    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ofSeconds(2);
    }
}
