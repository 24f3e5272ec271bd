package marketsvc;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Everything marketsvc asks of its database: each question borrows a connection and gives it back. */
class DbAccessor {
    private final Jdbi jdbi;
    private final Courier courier;

    DbAccessor(DataSource dataSource, Courier courier) {
        this.jdbi = Jdbi.create(dataSource)
                .installPlugin(new PostgresPlugin())
                .installPlugin(new SqlObjectPlugin())
                .registerRowMapper(ConstructorMapper.factory(OrderLine.class));
        this.courier = courier;
    }

    // TODO 4.3: two million customers do not fit into -Xmx64m, and the first leaves when the last has arrived.
    //  The same goes for ordersBetween and for how Server answers both; who hangs up must not keep a connection.
    //  A list is of one moment: all its rows come from one statement.
    List<Customer> customers() {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 ORDER BY customer.id
                """;
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .map((row, context) -> new Customer(
                        row.getInt("id"),
                        row.getString("name"),
                        row.getString("email"),
                        new Address(row.getInt("flat_number"), row.getInt("post_code"))))
                .list());
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

    // TODO 4.2: 300 orders with their lines cost 301 statements, 3,000 orders 3,001. Few are enough for any number.
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        return jdbi.withExtension(OrderQueries.class, queries -> queries.ordersBetween(after, before));
    }

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

    // TODO 4.1: every line of an order travels here to be added up, three numbers or three thousand.
    //  Let the database add up: exact, and 404 for what does not exist, as before.
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT item.price * order_items.quantity
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                """;
        var totals = handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .list();
        if (totals.isEmpty()) {
            requireOrder(handle, orderId);
        }
        return totals.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
    }

    private static void requireOrder(Handle handle, int orderId) {
        handle.createQuery("SELECT id FROM orders WHERE id = :orderId")
                .bind("orderId", orderId)
                .mapTo(Integer.class)
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

    // TODO 4.7: 700 items travel together, and the server executes 700 statements all the same.
    //  Store any number of them by a few statements, in the order's transaction.
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var batch = handle.prepareBatch(
                "INSERT INTO order_items (order_id, item_id, quantity) VALUES (:orderId, :id, :quantity)");
        items.forEach(item -> batch.bind("orderId", orderId).bindMethods(item).add());
        batch.execute();
    }
}
