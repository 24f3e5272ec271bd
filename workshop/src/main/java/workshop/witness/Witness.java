package workshop.witness;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.witness.Observation.Counters;

/**
 * Tells what the database server saw of one stage: from its log what happened, from {@code pg_stat_activity} what is.
 *
 * <p>It scopes by application name, waits for facts and never sleeps; where it cannot see it says why and fails.
 */
public final class Witness implements AutoCloseable {
    private final MarketDb db;
    private final String application;
    private final ServerLog log;
    private Connection connection;

    private Witness(MarketDb db, String application) {
        this.db = db;
        this.application = application;
        this.log = ServerLog.openAtEnd(db);
        try {
            this.connection = db.admin();
        } catch (SQLException e) {
            log.close();
            throw db.unreachable(e);
        }
    }

    /**
     * @param application the application name of the sessions to watch, as in {@link MarketDb#url(String)}
     * @throws WorkshopException where the server cannot be watched; it says why, and what to do
     */
    public static Witness of(MarketDb db, String application) {
        return new Witness(db, application);
    }

    /** What a check does while the server is watched. */
    @FunctionalInterface
    public interface Action {
        void run() throws Exception;
    }

    /** Waits for a fact. @return whether it came to be: a check has more to say about it than that it did not */
    public static boolean await(Duration limit, BooleanSupplier fact) {
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(fact::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** @return what the server saw of the stage between the action's start and its end */
    public Observation during(Action action) throws Exception {
        log.skipThroughNow();
        var before = counters();
        action.run();
        var after = counters();
        var reader = new EventReader(application::equals);
        var events = log.readThroughNow(application).stream()
                .map(reader::read)
                .flatMap(Optional::stream)
                .toList();
        return new Observation(events, after.map(counters -> counters.since(before.orElseThrow())));
    }

    /** @return how many of the stage's sessions execute a statement or hold a transaction open now */
    public long sessionsAtWork() {
        return count("state = 'active' OR state LIKE 'idle in transaction%'");
    }

    /** @return how many of the stage's sessions the server has now */
    public long openSessions() {
        return count("TRUE");
    }

    /** @return how many of the stage's sessions execute a statement now */
    public long busySessions() {
        return count("state = 'active'");
    }

    /** @return how many of the stage's sessions wait now because nobody takes what they send */
    public long sessionsThatSend() {
        return count("wait_event = 'ClientWrite'");
    }

    /** @return how many of the stage's sessions wait now for somebody else's lock */
    public long sessionsThatWait() {
        return count("wait_event_type = 'Lock'");
    }

    /** @return how many of the stage's sessions hold a transaction open and do nothing in it now */
    public long sessionsIdleInTransaction() {
        return count("state LIKE 'idle in transaction%'");
    }

    /**
     * Waits until {@link #openSessions()} fulfils {@code expected}.
     *
     * @return the last count: one that fulfils it, or the one seen when {@code limit} had passed
     */
    public long awaitOpenSessions(LongPredicate expected, Duration limit) {
        return await(limit, this::openSessions, expected);
    }

    /** Waits until {@link #sessionsAtWork()} fulfils {@code expected}. @return the last count, as above */
    public long awaitSessionsAtWork(LongPredicate expected, Duration limit) {
        return await(limit, this::sessionsAtWork, expected);
    }

    /**
     * Counts {@link #busySessions()} until their greatest number, more than none, has not changed in 50 counts.
     *
     * @return that number, or the greatest one seen when {@code limit} had passed
     */
    public long mostBusySessions(Duration limit) {
        var most = new long[] {0, 0};
        await(limit, () -> {
            var busy = busySessions();
            if (busy > most[0]) {
                most[0] = busy;
                most[1] = 0;
            }
            return most[0] > 0 && ++most[1] > 50;
        });
        return most[0];
    }

    /** Not counted once more when it is as expected: the next count may see what has begun since. */
    private static long await(Duration limit, LongSupplier count, LongPredicate expected) {
        var last = new long[] {count.getAsLong()};
        await(limit, () -> expected.test(last[0] = count.getAsLong()));
        return last[0];
    }

    /**
     * Waits until the stage's transactions have been the same ones, in the same state, for {@code calm}, for 10 s at most: what
     * still delivers to a client who does not read stands still, what is read by somebody moves on, and ends.
     *
     * @return how many transactions there are then, statements in autocommit included; 0 when they never stood still
     */
    public int awaitLastingTransactions(Duration calm) {
        var last = new String[] {transactions()};
        var since = new long[] {System.nanoTime()};
        var stoodStill = await(Duration.ofSeconds(10), () -> {
            var now = transactions();
            if (!now.equals(last[0])) {
                last[0] = now;
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] >= calm.toNanos();
        });
        return !stoodStill || last[0].isEmpty() ? 0 : last[0].split(",").length;
    }

    private String transactions() {
        return ask("""
                SELECT coalesce(string_agg(concat_ws(' ', pid, xact_start, state_change), ',' ORDER BY pid), '')
                  FROM pg_stat_activity
                 WHERE application_name = ? AND xact_start IS NOT NULL
                """, application, row -> row.getString(1));
    }

    private long count(String condition) {
        return ask(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = ? AND (" + condition + ")",
                application,
                row -> row.getLong(1));
    }

    /** pg_stat_statements counts per statement text, for all sessions but those of the workshop's own user. */
    private Optional<Counters> counters() {
        if (!db.isEmbedded()) {
            return Optional.empty();
        }
        return Optional.of(ask("""
                SELECT coalesce(sum(rows), 0), coalesce(sum(shared_blks_hit + shared_blks_read), 0)
                  FROM workshop.pg_stat_statements
                 WHERE userid = (SELECT oid FROM pg_roles WHERE rolname = ?)
                   AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                """, "market", row -> new Counters(row.getLong(1), row.getLong(2))));
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private synchronized <T> T ask(String sql, String parameter, RowReader<T> reader) {
        try {
            return answer(sql, parameter, reader);
        } catch (SQLException lost) {
            // The database was restarted since: that is one of the lessons.
            try {
                connection.close();
                connection = db.admin();
                return answer(sql, parameter, reader);
            } catch (SQLException e) {
                throw db.unreachable(e);
            }
        }
    }

    private <T> T answer(String sql, String parameter, RowReader<T> reader) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return reader.read(rows);
            }
        }
    }

    @Override
    public void close() {
        log.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw db.unreachable(e);
        }
    }
}
