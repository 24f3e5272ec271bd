package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Calls executeBatch for each item. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items)
            throws SQLException {
        var sql = "INSERT INTO order_items (order_id, item_id, quantity) VALUES (?, ?, ?)";
        try (var statement = connection.prepareStatement(sql)) {
            for (var item : items) {
                statement.setInt(1, orderId);
                statement.setInt(2, item.id());
                statement.setInt(3, item.quantity());
                statement.addBatch();
                statement.executeBatch();
            }
        }
    }
}
