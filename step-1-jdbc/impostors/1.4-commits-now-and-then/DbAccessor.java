package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** So that no batch grows too large; of a refused order the first thousands stay. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items) throws SQLException {
        var sql = "INSERT INTO order_items (order_id, item_id, quantity) VALUES (?, ?, ?)";
        try (var statement = connection.prepareStatement(sql)) {
            var count = 0;
            for (var item : items) {
                statement.setInt(1, orderId);
                statement.setInt(2, item.id());
                statement.setInt(3, item.quantity());
                statement.addBatch();
                if (++count % 1000 == 0) {
                    statement.executeBatch();
                    connection.commit();
                }
            }
            statement.executeBatch();
        }
    }
}
