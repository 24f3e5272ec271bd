package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Has bounds for the size only: of a patience that is too short the pool speaks in its own words, of the leak's only in the log. */
class Pool {
    private static Duration patience(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "POOL_TIMEOUT_MS", 1000, 1, 999_999_999));
    }

    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "POOL_LEAK_MS", 60_000, 1, 999_999_999));
    }
}
