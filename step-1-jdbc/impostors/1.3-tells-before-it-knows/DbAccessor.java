package marketsvc;

import java.sql.SQLException;

/** The courier hears of an order whose items may be refused. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var orderId = insertOrder(connection, order.customerId());
                courier.tellOf(orderId);
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
