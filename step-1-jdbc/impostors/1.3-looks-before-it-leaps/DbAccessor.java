package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;

/** Asks for every item first, so that nothing can fail after; and the order and its items are two transactions still. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            for (var item : order.items()) {
                requireItem(connection, item.id());
            }
            var orderId = insertOrder(connection, order.customerId());
            insertItems(connection, orderId, order.items());
            courier.tellOf(orderId);
            return orderId;
        }
    }

    private static void requireItem(Connection connection, int itemId) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT id FROM item WHERE id = ?")) {
            statement.setInt(1, itemId);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new io.javalin.http.UnprocessableContentResponse("There is no item " + itemId + ".");
                }
            }
        }
    }
}
