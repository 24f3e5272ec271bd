package marketsvc;

import java.sql.SQLException;

/** One transaction, and the courier's line went with the ones before: nobody brings what was ordered. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var orderId = insertOrder(connection, order.customerId());
                insertItems(connection, orderId, order.items());
                connection.commit();
                return orderId;
            } catch (Exception e) {
                connection.rollback();
                throw e;
            }
        }
    }
}
