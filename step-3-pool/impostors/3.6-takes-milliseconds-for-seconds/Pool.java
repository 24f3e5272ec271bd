package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Names the borrower after half an hour. */
class Pool {
    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ofSeconds(number(environment, "POOL_LEAK_MS", 60_000, 2000, 600_000));
    }
}
