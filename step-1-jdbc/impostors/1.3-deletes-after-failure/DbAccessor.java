package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;

/** Cleans up behind itself, as long as it lives: each statement is a transaction of its own. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var orderId = insertOrder(connection, order.customerId());
            try {
                insertItems(connection, orderId, order.items());
                courier.tellOf(orderId);
                return orderId;
            } catch (SQLException e) {
                delete(connection, "DELETE FROM order_items WHERE order_id = ?", orderId);
                delete(connection, "DELETE FROM orders WHERE id = ?", orderId);
                throw e;
            }
        }
    }

    private static void delete(Connection connection, String sql, int orderId) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, orderId);
            statement.executeUpdate();
        }
    }
}
