package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** One statement for all items, three parameters for each: a statement may have 65,535, and an order 22,000 items. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items) throws SQLException {
        var values = String.join(", ", Collections.nCopies(items.size(), "(?, ?, ?)"));
        var sql = "INSERT INTO order_items (order_id, item_id, quantity) VALUES " + values;
        try (var statement = connection.prepareStatement(sql)) {
            var parameter = 0;
            for (var item : items) {
                statement.setInt(++parameter, orderId);
                statement.setInt(++parameter, item.id());
                statement.setInt(++parameter, item.quantity());
            }
            statement.executeUpdate();
        }
    }
}
