package marketsvc;

import java.time.Duration;
import java.util.Map;

/** One setting is read with care; of the other two zero means for ever. */
class Pool {
    private static Duration patience(Map<String, String> environment) {
        return Duration.ofMillis(Long.parseLong(environment.getOrDefault("POOL_TIMEOUT_MS", "1000")));
    }

    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ofMillis(Long.parseLong(environment.getOrDefault("POOL_LEAK_MS", "60000")));
    }
}
