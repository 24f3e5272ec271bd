package marketsvc;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.postgres.PostgresPlugin;
import tools.jackson.databind.json.JsonMapper;

/** Everything marketsvc asks of its database: each question borrows a connection and gives it back. */
class DbAccessor {
    /** How many customers of a stream are in memory at once, some 100 KB: a round trip for each so many. */
    private static final int FETCH_SIZE = 1000;

    /** Fewer orders, because each brings its lines, and may have thousands of them. */
    private static final int ORDERS_FETCH_SIZE = 50;

    private final Jdbi jdbi;
    private final Courier courier;

    DbAccessor(DataSource dataSource, Courier courier) {
        this.jdbi = Jdbi.create(dataSource)
                .installPlugin(new PostgresPlugin())
                .registerRowMapper(ConstructorMapper.factory(OrderLine.class));
        this.courier = courier;
    }

    void migrate() {
        var script = ClasspathSqlLocator.create().getResource(DbAccessor.class.getClassLoader(), "migrations.sql");
        jdbi.useHandle(handle -> handle.createScript(script).execute());
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
                 WHERE customer.id > :afterId
                 ORDER BY customer.id
                 LIMIT :limit
                """;
        stream(
                reader,
                handle -> handle.createQuery(sql)
                        .bind("afterId", afterId)
                        .bind("limit", limit)
                        .setFetchSize(FETCH_SIZE)
                        .map((row, context) -> new Customer(
                                row.getInt("id"),
                                row.getString("name"),
                                row.getString("email"),
                                new Address(row.getInt("flat_number"), row.getInt("post_code")))));
    }

    List<Order> ordersOf(int customerId) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time, item.id AS item_id,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM customer
                  LEFT JOIN orders ON orders.customer_id = customer.id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE customer.id = :customerId
                 ORDER BY orders.id, item.id
                """;
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("customerId", customerId)
                .<Integer, List<Order>>reduceRows(
                        (found, row) -> nest(found.computeIfAbsent(customerId, id -> new ArrayList<>()), row))
                .findFirst()
                .orElseThrow(() -> new UnknownIdException("customer", customerId)));
    }

    /** The orders of a time, each with its lines in one row: as JSON, so that rows and orders are the same. */
    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        // OFFSET 0: each line looks its item up; a join would read all items again for every order.
        var sql = """
                SELECT orders.id, customer.name, orders.order_time,
                       (SELECT coalesce(json_agg(json_build_object(
                                   'name', item.name, 'description', item.description, 'price', item.price,
                                   'quantity', order_items.quantity, 'total', item.price * order_items.quantity)
                                   ORDER BY item.id), '[]')
                          FROM order_items
                         CROSS JOIN LATERAL (SELECT id, name, description, price
                                               FROM item
                                              WHERE item.id = order_items.item_id
                                             OFFSET 0) AS item
                         WHERE order_items.order_id = orders.id) AS items
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN :after AND :before
                 ORDER BY orders.order_time, orders.id
                """;
        stream(
                reader,
                handle -> handle.createQuery(sql)
                        .bind("after", after)
                        .bind("before", before)
                        .setFetchSize(ORDERS_FETCH_SIZE)
                        .map((row, context) -> new Order(
                                row.getInt("id"),
                                new Order.Buyer(row.getString("name")),
                                row.getObject("order_time", LocalDateTime.class),
                                List.of(JsonMapper.shared().readValue(row.getString("items"), OrderLine[].class)))));
    }

    // TODO 5.2: Have a task ask for each total, in a StructuredTaskScope: some at once, and never all connections of
    //     the pool. The answer stays in the order asked; of orders that do not exist, the first one asked is named.
    // TODO 5.3: A task that fails ends its siblings here, by an interrupt; the server is told nothing and works on.
    //     Have it cancel what nobody waits for any more, within a second.
    // TODO 5.4: All totals of a request together have DEADLINE_MS (a setting, 5000 by default). Then the client hears
    //     504, and the server has nothing left to do for it.
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        return jdbi.withHandle(handle -> orderIds.stream()
                .map(orderId -> new OrderTotal(orderId, sumOf(handle, orderId)))
                .toList());
    }

    int add(NewOrder order) {
        var orderId = jdbi.inTransaction(handle -> {
            var id = insertOrder(handle, order.customerId());
            insertItems(handle, id, order.items());
            return id;
        });
        // Without a connection: he takes his time, and what he hears of is stored.
        courier.tellOf(orderId);
        return orderId;
    }

    /** In a transaction: without one there is no cursor, and the driver would read all rows before it shows the first. */
    private <T> void stream(Consumer<Stream<T>> reader, Function<Handle, ResultIterable<T>> query) {
        jdbi.useTransaction(handle -> {
            try (var rows = query.apply(handle).stream()) {
                reader.accept(rows);
            }
        });
    }

    /** Rows come order by order: each begins an order, or adds a line to the last one. */
    private static void nest(List<Order> orders, RowView row) {
        var orderId = row.getColumn("order_id", Integer.class);
        if (orderId == null) {
            return; // a customer without orders
        }
        if (orders.isEmpty() || orders.getLast().orderId() != orderId) {
            var customer = new Order.Buyer(row.getColumn("customer_name", String.class));
            var orderTime = row.getColumn("order_time", LocalDateTime.class);
            orders.add(new Order(orderId, customer, orderTime, new ArrayList<>()));
        }
        if (row.getColumn("item_id", Integer.class) != null) {
            orders.getLast().items().add(row.getRow(OrderLine.class));
        }
    }

    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        return handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .findOne()
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }

    private static int insertOrder(Handle handle, int customerId) {
        var sql = "INSERT INTO orders (customer_id, order_time) VALUES (:customerId, LOCALTIMESTAMP) RETURNING id";
        return handle.createQuery(sql)
                .bind("customerId", customerId)
                .mapTo(Integer.class)
                .one();
    }

    /** One statement, however many items: the arrays travel as two values. */
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var sql = """
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT :orderId, item.id, item.quantity
                  FROM unnest(:ids, :counts) AS item (id, quantity)
                """;
        handle.createUpdate(sql)
                .bind("orderId", orderId)
                .bind("ids", items.stream().mapToInt(NewOrder.Item::id).toArray())
                .bind("counts", items.stream().mapToInt(NewOrder.Item::quantity).toArray())
                .execute();
    }
}
