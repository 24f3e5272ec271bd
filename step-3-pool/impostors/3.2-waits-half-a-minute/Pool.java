package marketsvc;

import java.time.Duration;
import java.util.Map;

/** Lets a request wait for a connection as long as the library would. */
class Pool {
    private static Duration patience(Map<String, String> environment) {
        return Duration.ofSeconds(30);
    }
}
