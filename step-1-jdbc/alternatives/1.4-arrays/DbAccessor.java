package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** All items as two arrays, in one statement. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items)
            throws SQLException {
        var sql = """
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT ?, item_id, quantity FROM unnest(?::int[], ?::int[]) AS item (item_id, quantity)
                """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, orderId);
            statement.setObject(2, items.stream().mapToInt(NewOrder.Item::id).toArray());
            statement.setObject(3, items.stream().mapToInt(NewOrder.Item::quantity).toArray());
            statement.executeUpdate();
        }
    }
}
