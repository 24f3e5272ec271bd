package marketsvc;

import java.sql.SQLException;
import java.util.List;

/** The same without try-with-resources. */
class DbAccessor {
    List<Order> ordersOf(int customerId) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE customer.id = ?
                 ORDER BY orders.id
                """;
        var connection = dataSource.getConnection();
        try {
            var statement = connection.prepareStatement(sql);
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
