package marketsvc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Everything marketsvc asks of its database: each question opens a connection of its own and closes it. */
class DbAccessor {
    private final DataSource dataSource;
    private final Courier courier;

    DbAccessor(DataSource dataSource, Courier courier) {
        this.dataSource = dataSource;
        this.courier = courier;
    }

    List<Customer> customers() throws SQLException {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 ORDER BY customer.id
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            var customers = new ArrayList<Customer>();
            while (rows.next()) {
                var address = new Address(rows.getInt("flat_number"), rows.getInt("post_code"));
                customers.add(
                        new Customer(rows.getInt("id"), rows.getString("name"), rows.getString("email"), address));
            }
            return customers;
        }
    }

    List<Order> ordersOf(int customerId) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE customer.id = ?
                 ORDER BY orders.id
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, customerId);
            var orders = orders(connection, statement);
            if (orders.isEmpty()) {
                requireCustomer(connection, customerId);
            }
            return orders;
        }
    }

    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN ? AND ?
                 ORDER BY orders.order_time, orders.id
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, after);
            statement.setObject(2, before);
            return orders(connection, statement);
        }
    }

    List<OrderTotal> totalsOf(List<Integer> orderIds) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var totals = new ArrayList<OrderTotal>();
            for (var orderId : orderIds) {
                totals.add(new OrderTotal(orderId, sumOf(connection, orderId)));
            }
            return totals;
        }
    }

    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var orderId = insertOrder(connection, order.customerId());
                insertItems(connection, orderId, order.items());
                courier.tellOf(orderId);
                connection.commit();
                return orderId;
            } catch (Exception e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void requireCustomer(Connection connection, int customerId) throws SQLException {
        requireRow(connection, "SELECT id FROM customer WHERE id = ?", "customer", customerId);
    }

    private static void requireOrder(Connection connection, int orderId) throws SQLException {
        requireRow(connection, "SELECT id FROM orders WHERE id = ?", "order", orderId);
    }

    private static void requireRow(Connection connection, String sql, String what, int id) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, id);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new UnknownIdException(what, id);
                }
            }
        }
    }

    private static List<Order> orders(Connection connection, PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var orders = new ArrayList<Order>();
            while (rows.next()) {
                var orderId = rows.getInt("id");
                orders.add(new Order(
                        orderId,
                        new Order.Buyer(rows.getString("name")),
                        rows.getObject("order_time", LocalDateTime.class),
                        linesOf(connection, orderId)));
            }
            return orders;
        }
    }

    private static List<OrderLine> linesOf(Connection connection, int orderId) throws SQLException {
        var sql = """
                SELECT item.name, item.description, item.price, order_items.quantity
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = ?
                 ORDER BY item.id
                """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, orderId);
            try (var rows = statement.executeQuery()) {
                var lines = new ArrayList<OrderLine>();
                while (rows.next()) {
                    lines.add(line(rows));
                }
                return lines;
            }
        }
    }

    private static OrderLine line(ResultSet row) throws SQLException {
        var price = row.getBigDecimal("price");
        var quantity = row.getInt("quantity");
        var total = price.multiply(BigDecimal.valueOf(quantity));
        return new OrderLine(row.getString("name"), row.getString("description"), price, quantity, total);
    }

    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var lines = linesOf(connection, orderId);
        if (lines.isEmpty()) {
            requireOrder(connection, orderId);
        }
        var sum = new BigDecimal("0.00");
        for (var line : lines) {
            sum = sum.add(line.total());
        }
        return sum;
    }

    private static int insertOrder(Connection connection, int customerId) throws SQLException {
        var sql = "INSERT INTO orders (customer_id, order_time) VALUES (?, LOCALTIMESTAMP) RETURNING id";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, customerId);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt("id");
            }
        }
    }

    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items) throws SQLException {
        var sql = "INSERT INTO order_items (order_id, item_id, quantity) VALUES (?, ?, ?)";
        try (var statement = connection.prepareStatement(sql)) {
            for (var item : items) {
                statement.setInt(1, orderId);
                statement.setInt(2, item.id());
                statement.setInt(3, item.quantity());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** On a connection that has died this fails, too, and must not hide why. */
    private static void rollback(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
