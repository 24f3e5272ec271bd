package marketsvc;

import java.sql.SQLException;

/** Turns autocommit on again after the order, which commits it, and then stores the items. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            int orderId;
            try {
                orderId = insertOrder(connection, order.customerId());
            } finally {
                connection.setAutoCommit(true);
            }
            insertItems(connection, orderId, order.items());
            courier.tellOf(orderId);
            return orderId;
        }
    }
}
