package marketsvc;

import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Wrapped;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.postgresql.Driver;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Two of the questions by the asynchronous driver as it comes, a connection for each. Inside, nothing waits for the server; at
 * the edge, a virtual thread does.
 */
class ReactiveAccessor extends DbAccessor {
    /** How many rows are asked for at once: the driver, and the queue behind it, each hold no more of them. */
    private static final int FETCH_SIZE = 1000;

    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(1);

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

    @Override
    OrderTotal totalOf(int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = $1
                 GROUP BY orders.id
                """;
        return rows(sql, statement -> statement.bind("$1", orderId), row -> row.get(0, BigDecimal.class))
                .singleOrEmpty()
                .timeout(deadline)
                .map(total -> new OrderTotal(orderId, total))
                .blockOptional()
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }

    @Override
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                 CROSS JOIN LATERAL (SELECT flat_number, post_code
                                       FROM address
                                      WHERE address.id = customer.address_id
                                     OFFSET 0) AS address
                 WHERE customer.id > $1
                 ORDER BY customer.id
                 LIMIT $2
                """;
        var customers =
                rows(sql, statement -> statement.bind("$1", afterId).bind("$2", limit), ReactiveAccessor::customer);
        // A virtual thread takes them from a queue of this size; when it is full, no more are asked for.
        try (var stream = customers.toStream(FETCH_SIZE)) {
            reader.accept(stream);
        }
    }

    private static Customer customer(Readable row) {
        return new Customer(
                row.get("id", Integer.class),
                row.get("name", String.class),
                row.get("email", String.class),
                new Address(row.get("flat_number", Integer.class), row.get("post_code", Integer.class)));
    }

    /**
     * Whoever stops listening before the end has the server told, once: the driver itself would let it work on. (What comes
     * before the statement does is forgotten: 6.5 asks again.) To close a dead connection may fail, which must not hide what it
     * died of.
     */
    private <T> Flux<T> rows(String sql, UnaryOperator<PostgresqlStatement> binding, Function<Readable, T> mapper) {
        return Flux.usingWhen(
                connections.create(),
                connection -> binding.apply(connection.createStatement(sql))
                        .fetchSize(FETCH_SIZE)
                        .execute()
                        .concatMap(result -> result.map(mapper))
                        // The driver hands out rows on the thread that asks for more: with two, rows could swap.
                        .subscribeOn(eventLoop(connection)),
                PostgresqlConnection::close,
                (connection, failure) -> connection.close().onErrorComplete(),
                // A server that says nothing would be waited for without end.
                connection -> connection
                        .cancelRequest()
                        .timeout(CANCEL_LIMIT)
                        .onErrorComplete()
                        .then(connection.close()));
    }

    private static Scheduler eventLoop(PostgresqlConnection connection) {
        return ((Wrapped<?>) connection).unwrap(Scheduler.class);
    }
}
