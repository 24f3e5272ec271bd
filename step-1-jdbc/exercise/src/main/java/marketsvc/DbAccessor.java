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

    // TODO 1.1: a request for a customer who does not exist (404) leaves its connection open.
    //  Whatever happens in here, what it opened is closed when it ends.
    List<Order> ordersOf(int customerId) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE customer.id = ?
                 ORDER BY orders.id
                """;
        var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql);
        statement.setInt(1, customerId);
        var orders = orders(connection, statement);
        if (orders.isEmpty()) {
            requireCustomer(connection, customerId);
        }
        statement.close();
        connection.close();
        return orders;
    }

    // TODO 1.2: what follows a quote in a date runs as SQL; with before=2024-03-14' OR true -- everybody's orders come.
    //  No input may become part of the statement, and what is not a date is answered 400 (Server.ordersBetween).
    List<Order> ordersBetween(String after, String before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN '%s' AND '%s'
                 ORDER BY orders.order_time, orders.id
                """.formatted(after, before);
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
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

    // TODO 1.3: an order with an item that does not exist is answered 422, and yet half of it is stored.
    //  Store an order whole or not at all, whatever goes wrong on the way.
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var orderId = insertOrder(connection, order.customerId());
            insertItems(connection, orderId, order.items());
            courier.tellOf(orderId);
            return orderId;
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

    // TODO 1.5: an item at 0.29 is totalled 0.28. Make the totals of lines (here) and of orders (sumOf) exact.
    private static OrderLine line(ResultSet row) throws SQLException {
        var price = row.getBigDecimal("price");
        var quantity = row.getInt("quantity");
        var total = BigDecimal.valueOf((long) (price.doubleValue() * quantity * 100), 2);
        return new OrderLine(row.getString("name"), row.getString("description"), price, quantity, total);
    }

    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var lines = linesOf(connection, orderId);
        if (lines.isEmpty()) {
            requireOrder(connection, orderId);
        }
        var sum = 0.0;
        for (var line : lines) {
            sum += line.total().doubleValue();
        }
        return BigDecimal.valueOf((long) (sum * 100), 2);
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

    // TODO 1.4: each item costs a round trip: with 20 ms of latency, 200 items take four seconds.
    //  Send them together. Solve 1.3 first: what is sent together must be stored together.
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items) throws SQLException {
        var sql = "INSERT INTO order_items (order_id, item_id, quantity) VALUES (?, ?, ?)";
        try (var statement = connection.prepareStatement(sql)) {
            for (var item : items) {
                statement.setInt(1, orderId);
                statement.setInt(2, item.id());
                statement.setInt(3, item.quantity());
                statement.executeUpdate();
            }
        }
    }
}
