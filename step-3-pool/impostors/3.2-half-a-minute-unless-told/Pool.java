package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Obeys the operator, who has said nothing. */
class Pool {
    private static Duration patience(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "POOL_TIMEOUT_MS", 30_000, 250, 60_000));
    }
}
