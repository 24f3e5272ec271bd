package marketsvc;

import java.time.Duration;

/** Obeys the operator, who has said nothing. */
class DbAccessor {
    final Duration deadline = Duration.ofMillis(Pool.number(System.getenv(), "DEADLINE_MS", 30_000, 100, 60_000));
}
