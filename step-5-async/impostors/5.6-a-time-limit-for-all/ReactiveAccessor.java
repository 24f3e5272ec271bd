package marketsvc;

import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import java.util.Properties;
import org.postgresql.Driver;

/** The server is asked to cancel, and besides every statement has a limit, a long list of a slow client too. */
class ReactiveAccessor {
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
                .sslMode(SSLMode.fromValue(parts.getProperty("sslmode", "disable")))
                .autodetectExtensions(false)
                .statementTimeout(deadline.plusMillis(700))
                .build());
    }
}
