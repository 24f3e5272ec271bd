package marketsvc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
        // TODO 6.3: this list holds all customers before the first one leaves. Hand them on one by one: toStream.
        reader.accept(rows(sql, List.of(afterId, limit), DbAccessor::customer).collectList().block().stream());
    }

    // TODO 6.6: whoever asks the next question while rows of the last one still come keeps one connection and waits
    //  for another; with a pool, they wait for each other. One question is enough here.
    List<Order> ordersOf(int customerId) {
        return rows("SELECT name FROM customer WHERE id = $1", List.of(customerId), row -> row.get(0, String.class))
                .switchIfEmpty(Mono.error(() -> new UnknownIdException("customer", customerId)))
                .concatMap(name -> ordersOf(customerId, new Order.Buyer(name)))
                .collectList()
                .block();
    }

    private Flux<Order> ordersOf(int customerId, Order.Buyer buyer) {
        var sql = "SELECT id, order_time FROM orders WHERE customer_id = $1 ORDER BY id";
        return rows(
                        sql,
                        List.of(customerId),
                        row -> new Order(
                                row.get("id", Integer.class),
                                buyer,
                                row.get("order_time", LocalDateTime.class),
                                List.of()))
                .concatMap(order -> linesOf(order.orderId())
                        .collectList()
                        .map(lines -> new Order(order.orderId(), buyer, order.orderTime(), lines)));
    }

    private Flux<OrderLine> linesOf(int orderId) {
        var sql = """
                SELECT item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = $1
                 ORDER BY item.id
                """;
        return rows(sql, List.of(orderId), row -> Joined.line(row, row.get("quantity", Integer.class)));
    }

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
        // TODO 6.3: all rows of all orders are held here, too. Of the rows of a join, hold one order's at a time.
        reader.accept(nested(rows(sql, List.of(after, before), Joined::of)).collectList().block().stream());
    }

    OrderTotal totalOf(int orderId) {
        return totalsOf(List.of(orderId)).getFirst();
    }

    // TODO 6.5: one after the other. Ask for CONCURRENT_TOTALS at once; the first failure, or the deadline for all of
    //  them, ends them all, here and on the server (rows, below, tells it nothing: see 5.6).
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .concatMap(orderId -> sumOf(orderId).map(sum -> Map.entry(orderId, sum)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
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
        return rows(sql, List.of(orderId), row -> row.get(0, BigDecimal.class))
                .singleOrEmpty()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
    }

    int add(NewOrder order) {
        // TODO 6.4: two statements on two connections: when the second fails, the first has been committed.
        //  Store both in one transaction.
        var orderId = insertOrder(order.customerId())
                .flatMap(id -> insertItems(id, order.items()).thenReturn(id))
                .block();
        // Without a connection: he takes his time, and what he hears of is stored.
        courier.tellOf(orderId);
        return orderId;
    }

    private Mono<Integer> insertOrder(int customerId) {
        var sql = "INSERT INTO orders (customer_id, order_time) VALUES ($1, LOCALTIMESTAMP) RETURNING id";
        return rows(sql, List.of(customerId), row -> row.get("id", Integer.class))
                .single();
    }

    /** One statement, however many items: the arrays travel as two values. */
    private Mono<Long> insertItems(int orderId, List<NewOrder.Item> items) {
        var sql = """
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT $1, item.id, item.quantity
                  FROM unnest($2, $3) AS item (id, quantity)
                RETURNING item_id
                """;
        var ids = items.stream().map(NewOrder.Item::id).toArray(Integer[]::new);
        var counts = items.stream().map(NewOrder.Item::quantity).toArray(Integer[]::new);
        return rows(sql, List.of(orderId, ids, counts), row -> row.get("item_id", Integer.class))
                .count();
    }

    /** The driver as it comes: a connection for each question, closed at its end. */
    private <T> Flux<T> rows(String sql, List<Object> values, Function<Readable, T> mapper) {
        return Flux.usingWhen(
                connections.create(),
                connection -> rows(statement(connection, sql, values), mapper),
                Connection::close);
    }

    private static Statement statement(Connection connection, String sql, List<Object> values) {
        var statement = connection.createStatement(sql);
        for (var i = 0; i < values.size(); i++) {
            statement.bind(i, values.get(i));
        }
        return statement;
    }

    private static <T> Flux<T> rows(Statement statement, Function<Readable, T> mapper) {
        return Flux.from(statement.execute()).concatMap(result -> result.map(mapper));
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
