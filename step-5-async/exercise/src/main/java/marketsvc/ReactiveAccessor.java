package marketsvc;

import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Two of the questions by the asynchronous driver as it comes, a connection for each. Inside, nothing waits for the server; at
 * the edge, a virtual thread does.
 */
class ReactiveAccessor extends DbAccessor {
    /** How many rows are asked for at once: the driver, and the queue behind it, each hold no more of them. */
    private static final int FETCH_SIZE = 1000;

    private final PostgresqlConnectionFactory connections;

    /** @param pool for all other questions, of the database that is connected to here */
    ReactiveAccessor(HikariDataSource pool, Courier courier) {
        super(pool, courier);
        var parts = Driver.parseURL(pool.getJdbcUrl(), new Properties());
        this.connections = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(parts.getProperty("PGHOST"))
                .port(Integer.parseInt(parts.getProperty("PGPORT")))
                .database(parts.getProperty("PGDBNAME"))
                .username(parts.getProperty("user"))
                .password(parts.getProperty("password"))
                .applicationName(parts.getProperty("ApplicationName", "marketsvc"))
                // Not pgjdbc's "prefer": with it this driver does not notice a server that hangs up at once.
                .sslMode(SSLMode.fromValue(parts.getProperty("sslmode", "disable")))
                // Extension types are looked up at each connect, and none is used here.
                .autodetectExtensions(false)
                // Its own would be half a minute.
                .connectTimeout(Duration.ofSeconds(3))
                // As in the pool: nobody waits for ever behind somebody else's transaction.
                .options(Map.of("lock_timeout", "50s"))
                // Who waits on a server that has vanished is told in the end, by the operating system.
                .tcpKeepAlive(true)
                .build());
    }

    // TODO 5.5: Answer GET /api/order_total (one row, awaited for DEADLINE_MS at most: give DbAccessor and Server a
    //     question totalOf) and customers (rows, never more than FETCH_SIZE on their way) with this driver. On every
    //     way out the connection is closed, and failures are answered as before (Problem.of).
    // TODO 5.6: Whoever stops listening, at a deadline or because the client has hung up, cancels the Flux, and the
    //     driver tells PostgreSQL nothing. Have the query end on the server within a second.
}
