package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Names whoever streams a list for longer than two seconds, unless the operator says otherwise. */
class Pool {
    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "POOL_LEAK_MS", 2000, 2000, 600_000));
    }
}
