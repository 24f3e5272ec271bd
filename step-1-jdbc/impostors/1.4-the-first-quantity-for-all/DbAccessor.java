package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What is the same for all is set once; the quantity is not. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items) throws SQLException {
        var sql = "INSERT INTO order_items (order_id, item_id, quantity) VALUES (?, ?, ?)";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, orderId);
            statement.setInt(3, items.getFirst().quantity());
            for (var item : items) {
                statement.setInt(2, item.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
