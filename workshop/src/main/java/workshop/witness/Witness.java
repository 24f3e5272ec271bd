package workshop.witness;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;

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

    /** @return what the server saw of the stage between the action's start and its end */
    public Observation during(Action action) throws Exception {
        log.skipThroughNow();
        var rowsBefore = rows();
        action.run();
        var rowsAfter = rows();
        var reader = new EventReader(application::equals);
        var events = log.readThroughNow(application).stream()
                .map(reader::read)
                .flatMap(Optional::stream)
                .toList();
        return new Observation(events, rowsBefore < 0 ? -1 : rowsAfter - rowsBefore);
    }

    /** @return how many of the stage's sessions the server has now */
    public long openSessions() {
        return count("TRUE");
    }

    /** @return how many of the stage's sessions execute a statement now */
    public long busySessions() {
        return count("state = 'active'");
    }

    /**
     * Waits until {@link #openSessions()} fulfils {@code expected}.
     *
     * @return the last count: one that fulfils it, or the one seen when {@code limit} had passed
     */
    public long awaitOpenSessions(LongPredicate expected, Duration limit) {
        var last = new long[] {openSessions()};
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> expected.test(last[0] = openSessions()));
        } catch (ConditionTimeoutException e) {
            return last[0];
        }
        return last[0];
    }

    private long count(String condition) {
        return ask(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = ? AND (" + condition + ")",
                application);
    }

    /** pg_stat_statements counts rows per statement text, for all sessions of the database but the workshop's own user. */
    private long rows() {
        if (!db.isEmbedded()) {
            return -1;
        }
        return ask("""
                SELECT coalesce(sum(rows), 0)
                  FROM workshop.pg_stat_statements
                 WHERE userid = (SELECT oid FROM pg_roles WHERE rolname = ?)
                   AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                """, "market");
    }

    private synchronized long ask(String sql, String parameter) {
        try {
            return answer(sql, parameter);
        } catch (SQLException lost) {
            // The database was restarted since: that is one of the lessons.
            try {
                connection.close();
                connection = db.admin();
                return answer(sql, parameter);
            } catch (SQLException e) {
                throw db.unreachable(e);
            }
        }
    }

    private long answer(String sql, String parameter) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
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
