package marketsvc;

import java.sql.SQLException;

/** A batch, but autocommit is on: items and order are stored apart. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var orderId = insertOrder(connection, order.customerId());
            insertItems(connection, orderId, order.items());
            courier.tellOf(orderId);
            return orderId;
        }
    }
}
