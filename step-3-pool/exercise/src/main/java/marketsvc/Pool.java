package marketsvc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The connections that all requests will share: so far each one opens its own, and nothing uses this class. */
class Pool {
    private static final String DEFAULT_URL = "jdbc:postgresql://localhost:5432/marketdb?user=market&password=market";
    private static final int ANSWER_SECONDS = 1;

    private final DataSource dataSource;

    // TODO 3.1: 1,000 requests open 1,000 connections. Make this a HikariDataSource with the size, the patience and
    //  the suspicion that are below, let its metrics be scraped, and wire it in (Server).
    /** @param environment what the operator chose: MARKETDB_URL, POOL_SIZE, POOL_TIMEOUT_MS, POOL_LEAK_MS */
    Pool(Map<String, String> environment) {
        var source = new PGSimpleDataSource();
        source.setURL(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL));
        this.dataSource = source;
    }

    DataSource dataSource() {
        return dataSource;
    }

    // TODO 3.5: POOL_SIZE=2 changes nothing, and neither does POOL_SIZE=many.
    //  Obey the operator; what cannot be obeyed ends the start with a line that says so.
    /** How many connections there are. */
    private static int size(Map<String, String> environment) {
        return 10;
    }

    // TODO 3.2: while all connections are busy, a client hears nothing for half a minute, and then 500 (Problem.of).
    //  POOL_TIMEOUT_MS says how long a request may wait; by default a second.
    /** How long a request may wait for a connection. */
    private static Duration patience(Map<String, String> environment) {
        return Duration.ofSeconds(30);
    }

    // TODO 3.6: a connection that is not given back is missed by nobody, and there is somebody who keeps one.
    //  Have the log name who has borrowed one for longer than POOL_LEAK_MS, by default a minute; mend whom it names.
    /** How long somebody may keep a connection without being named in the log; zero for ever. */
    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ZERO;
    }

    /** @return whether there is a connection in time and the database answers it within a second */
    boolean isUp() {
        try {
            return dataSource.getConnection().isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** @return its gauges, counters and timers in Prometheus's text format */
    String metrics() {
        return "";
    }

    void close() {}
}
