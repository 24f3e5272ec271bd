package marketsvc;

import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.postgresql.Driver;
import reactor.core.publisher.Flux;

/** Nobody asks the server to cancel: each statement ends by itself, some seconds after the client has been answered. */
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
                .statementTimeout(Duration.ofSeconds(5))
                .build());
    }

    private <T> Flux<T> rows(String sql, UnaryOperator<PostgresqlStatement> binding, Function<Readable, T> mapper) {
        return Flux.usingWhen(
                connections.create(),
                connection -> binding.apply(connection.createStatement(sql))
                        .fetchSize(FETCH_SIZE)
                        .execute()
                        .concatMap(result -> result.map(mapper))
                        .subscribeOn(eventLoop(connection)),
                PostgresqlConnection::close,
                (connection, failure) -> connection.close().onErrorComplete(),
                PostgresqlConnection::close);
    }
}
