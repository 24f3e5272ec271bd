package marketsvc;

import java.time.Duration;

/** A deadline of a millisecond is obeyed. */
class DbAccessor {
    final Duration deadline = Duration.ofMillis(Pool.number(System.getenv(), "DEADLINE_MS", 5000, 0, 999_999_999));
}
