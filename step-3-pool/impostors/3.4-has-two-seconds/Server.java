package marketsvc;

import java.time.Duration;

/** Waits for requests in flight, and not for long. */
class Server {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
}
