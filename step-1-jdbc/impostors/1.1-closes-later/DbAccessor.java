package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Closes the connection on another thread, a while after the answer has left. */
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
            CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS).execute(() -> close(connection));
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
