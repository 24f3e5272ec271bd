package marketsvc;

import java.sql.SQLException;

/** Commits in finally: what the database has refused it rolls back by itself, what Java refuses is stored in part. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var orderId = insertOrder(connection, order.customerId());
                insertItems(connection, orderId, order.items());
                courier.tellOf(orderId);
                return orderId;
            } finally {
                connection.commit();
            }
        }
    }
}
