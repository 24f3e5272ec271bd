package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Sends every 50 items, and never the last few. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items)
            throws SQLException {
        var sql = "INSERT INTO order_items (order_id, item_id, quantity) VALUES (?, ?, ?)";
        try (var statement = connection.prepareStatement(sql)) {
            var waiting = 0;
            for (var item : items) {
                statement.setInt(1, orderId);
                statement.setInt(2, item.id());
                statement.setInt(3, item.quantity());
                statement.addBatch();
                if (++waiting == 50) {
                    statement.executeBatch();
                    waiting = 0;
                }
            }
        }
    }
}
