package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Zero, which Hikari takes for "never", is not a minute. */
class Pool {
    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ofMillis(Long.parseLong(environment.getOrDefault("POOL_LEAK_MS", "0")));
    }
}
