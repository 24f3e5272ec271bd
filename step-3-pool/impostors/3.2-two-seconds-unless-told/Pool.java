package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Obeys the operator, and without him thinks that two seconds are short enough. */
class Pool {
    private static Duration patience(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "POOL_TIMEOUT_MS", 2000, 250, 60_000));
    }
}
