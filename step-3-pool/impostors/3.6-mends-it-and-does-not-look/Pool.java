package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Mends the leak that is known, and will not notice the next one. */
class Pool {
    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ZERO;
    }
}
