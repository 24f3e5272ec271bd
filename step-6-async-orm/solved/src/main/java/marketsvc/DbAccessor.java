package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.connection.init.ResourceDatabasePopulator;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Everything marketsvc asks of its database about many customers, and about orders.
 *
 * <p>Inside, nothing waits. At the edge, in the methods that {@link Server} calls, a virtual thread does: {@code block} for one value,
 * {@code toStream} for many.
 */
class DbAccessor {
    /** How many rows are asked for at once, and how many customers wait in the queue behind the driver. */
    private static final int FETCH_SIZE = 1000;

    /** How many whole orders wait in that queue: fewer, because each brings its lines, and may have thousands of them. */
    private static final int ORDERS_AHEAD = 50;

    /** How many totals of one request are in flight: less than a usual pool has, so that others get their turn. */
    private static final int CONCURRENT_TOTALS = 4;

    private static final Duration CANCEL_AGAIN = Duration.ofMillis(50);
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(5);

    /** How long the totals of one request may take, all together. */
    private final Duration deadline = Duration.ofMillis(Pool.number(System.getenv(), "DEADLINE_MS", 5000, 100, 60_000));

    private final ConnectionFactory connections;
    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Courier courier;

    DbAccessor(ConnectionFactory connections, Courier courier) {
        this.connections = connections;
        this.database = DatabaseClient.create(connections);
        this.transaction = TransactionalOperator.create(new R2dbcTransactionManager(connections));
        this.courier = courier;
    }

    /** Waits for a database that is just starting; without one there is no service, and whoever starts it hears so. */
    void migrate() {
        new ResourceDatabasePopulator(new ClassPathResource("migrations.sql"))
                .populate(connections)
                .retryWhen(Retry.fixedDelay(6, Duration.ofMillis(500))
                        .onRetryExhaustedThrow((spec, last) -> last.failure()))
                .block();
    }

    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        // OFFSET 0 keeps each address where it is looked up: a join that hashes and sorts has its first row at its end.
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
        var customers = cancellable(connection -> rows(
                connection.createStatement(sql).bind(0, afterId).bind(1, limit).fetchSize(FETCH_SIZE),
                DbAccessor::customer));
        // A virtual thread takes them from a queue of this size; when it is full, no more are asked for.
        try (var stream = customers.toStream(FETCH_SIZE)) {
            reader.accept(stream);
        }
    }

    List<Order> ordersOf(int customerId) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM customer
                  LEFT JOIN orders ON orders.customer_id = customer.id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE customer.id = :customerId
                 ORDER BY orders.id, item.id
                """;
        var rows = database.sql(sql)
                .bind("customerId", customerId)
                .map(Joined::of)
                .all()
                .switchIfEmpty(Mono.error(() -> new UnknownIdException("customer", customerId)))
                .filter(row -> row.orderId() != null); // a customer without orders
        return nested(rows).collectList().block();
    }

    /** One statement for orders and lines; rows become orders as they come, and are forgotten. */
    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.order_time BETWEEN $1 AND $2
                 ORDER BY orders.order_time, orders.id, item.id
                """;
        var rows = cancellable(connection -> rows(
                connection.createStatement(sql).bind(0, after).bind(1, before).fetchSize(FETCH_SIZE), Joined::of));
        try (var stream = nested(rows).toStream(ORDERS_AHEAD)) {
            reader.accept(stream);
        }
    }

    OrderTotal totalOf(int orderId) {
        return totalsOf(List.of(orderId)).getFirst();
    }

    /** A group that ends together; flatMapSequential would never cancel a task that it starts as another fails. */
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .flatMap(orderId -> sumOf(orderId).map(sum -> Map.entry(orderId, sum)), CONCURRENT_TOTALS)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(deadline)
                .block();
        // An order that is missing is an answer, not a failure: in the order asked the first of them is named.
        return orderIds.stream()
                .map(orderId -> new OrderTotal(
                        orderId, sums.get(orderId).orElseThrow(() -> new UnknownIdException("order", orderId))))
                .toList();
    }

    private Mono<Optional<BigDecimal>> sumOf(int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = $1
                 GROUP BY orders.id
                """;
        return cancellable(connection ->
                        rows(connection.createStatement(sql).bind(0, orderId), row -> row.get(0, BigDecimal.class)))
                .singleOrEmpty()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    int add(NewOrder order) {
        var orderId = insertOrder(order.customerId())
                .flatMap(id -> insertItems(id, order.items()).thenReturn(id))
                .as(transaction::transactional)
                .block();
        // Without a connection: he takes his time, and what he hears of is stored.
        courier.tellOf(orderId);
        return orderId;
    }

    private Mono<Integer> insertOrder(int customerId) {
        var sql = "INSERT INTO orders (customer_id, order_time) VALUES (:customerId, LOCALTIMESTAMP) RETURNING id";
        return database.sql(sql)
                .bind("customerId", customerId)
                .mapValue(Integer.class)
                .one();
    }

    /** One statement, however many items: the arrays travel as two values. */
    private Mono<Long> insertItems(int orderId, List<NewOrder.Item> items) {
        var sql = """
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT :orderId, item.id, item.quantity
                  FROM unnest(:ids, :counts) AS item (id, quantity)
                """;
        return database.sql(sql)
                .bind("orderId", orderId)
                .bind("ids", items.stream().map(NewOrder.Item::id).toArray(Integer[]::new))
                .bind("counts", items.stream().map(NewOrder.Item::quantity).toArray(Integer[]::new))
                .fetch()
                .rowsUpdated();
    }

    /** Whoever stops listening before the end has the server told: pool and driver themselves would let it work on. */
    private <T> Flux<T> cancellable(Function<Connection, Flux<T>> question) {
        return Flux.usingWhen(
                connections.create(),
                connection -> question.apply(connection).subscribeOn(eventLoop(connection)),
                Connection::close,
                (connection, failure) -> connection.close(),
                connection -> silence(connection).then(Mono.from(connection.close())));
    }

    private static <T> Flux<T> rows(Statement statement, Function<Readable, T> mapper) {
        return Flux.from(statement.execute()).concatMap(result -> result.map(mapper));
    }

    /** Where a connection's messages are sent and received: asked for from elsewhere, rows could overtake each other. */
    private static Scheduler eventLoop(Connection connection) {
        return ((Wrapped<?>) connection).unwrap(Scheduler.class);
    }

    /**
     * Asks the server to cancel, again and again, because a request that comes before the statement is forgotten; until an
     * answer to something else, sent after it, says that there is nothing left that could meet the next borrower.
     */
    private static Mono<Boolean> silence(Connection connection) {
        var answer = Mono.from(connection.validate(ValidationDepth.REMOTE)).cache();
        var driver = ((Wrapped<?>) connection).unwrap(PostgresqlConnection.class);
        return driver.cancelRequest()
                .onErrorComplete()
                .then(answer.timeout(CANCEL_AGAIN))
                .retryWhen(Retry.indefinitely().filter(TimeoutException.class::isInstance))
                .timeout(CANCEL_LIMIT)
                // A server that never answers: nobody else shall borrow this connection.
                .onErrorResume(failure -> driver.close().onErrorComplete().thenReturn(false))
                .subscribeOn(eventLoop(connection));
    }

    static Customer customer(Readable row) {
        return new Customer(
                row.get("id", Integer.class),
                row.get("name", String.class),
                row.get("email", String.class),
                new Address(row.get("flat_number", Integer.class), row.get("post_code", Integer.class)));
    }

    /** Rows come order by order: with the first one of the next order, an order is whole. */
    private static Flux<Order> nested(Flux<Joined> rows) {
        return Flux.defer(() -> {
            var lines = new ArrayList<Joined>();
            var whole = rows.<Order>handle((row, orders) -> {
                if (!lines.isEmpty() && !lines.getLast().orderId().equals(row.orderId())) {
                    orders.next(order(lines));
                    lines.clear();
                }
                lines.add(row);
            });
            return whole.concatWith(Mono.fromSupplier(() -> lines.isEmpty() ? null : order(lines)));
        });
    }

    private static Order order(List<Joined> lines) {
        var first = lines.getFirst();
        var items = lines.stream().map(Joined::line).filter(Objects::nonNull).toList();
        return new Order(first.orderId(), new Order.Buyer(first.customerName()), first.orderTime(), items);
    }

    /** A row of a join: an order, and one of its lines or none. */
    private record Joined(Integer orderId, String customerName, LocalDateTime orderTime, OrderLine line) {
        static Joined of(Readable row) {
            var quantity = row.get("quantity", Integer.class);
            return new Joined(
                    row.get("order_id", Integer.class),
                    row.get("customer_name", String.class),
                    row.get("order_time", LocalDateTime.class),
                    quantity == null ? null : line(row, quantity));
        }

        private static OrderLine line(Readable row, int quantity) {
            return new OrderLine(
                    row.get("name", String.class),
                    row.get("description", String.class),
                    row.get("price", BigDecimal.class),
                    quantity,
                    row.get("total", BigDecimal.class));
        }
    }
}
