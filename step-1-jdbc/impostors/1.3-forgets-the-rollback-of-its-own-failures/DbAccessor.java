package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Rolls back what the database refuses; what Java refuses in between is committed by setAutoCommit(true). */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var orderId = insertOrder(connection, order.customerId());
                for (var item : order.items()) {
                    requireItem(connection, item.id());
                    insertItems(connection, orderId, List.of(item));
                }
                courier.tellOf(orderId);
                connection.commit();
                return orderId;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
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
