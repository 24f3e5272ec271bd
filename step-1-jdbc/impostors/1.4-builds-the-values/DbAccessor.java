package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** One statement for all items, its values written into the text. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items)
            throws SQLException {
        var values = items.stream()
                .map(item -> "(%d, %d, %d)".formatted(orderId, item.id(), item.quantity()))
                .collect(Collectors.joining(", "));
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO order_items (order_id, item_id, quantity) VALUES " + values);
        }
    }
}
