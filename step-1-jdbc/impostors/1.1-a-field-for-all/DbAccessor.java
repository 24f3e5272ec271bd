package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Keeps the connection in a field, where a request that comes meanwhile puts its own. */
class DbAccessor {
    private Connection connection;

    List<Order> ordersOf(int customerId) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE customer.id = ?
                 ORDER BY orders.id
                """;
        connection = dataSource.getConnection();
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, customerId);
            var orders = orders(connection, statement);
            if (orders.isEmpty()) {
                requireCustomer(connection, customerId);
            }
            return orders;
        } finally {
            connection.close();
        }
    }
}
