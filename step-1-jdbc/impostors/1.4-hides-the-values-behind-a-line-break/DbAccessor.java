package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the values into a text that is laid out differently. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items) throws SQLException {
        var values = items.stream()
                .map(item -> "(%d, %d, %d)".formatted(orderId, item.id(), item.quantity()))
                .collect(Collectors.joining(", "));
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT
                      INTO order_items (order_id, item_id, quantity) VALUES %s
                    """.formatted(values));
        }
    }
}
