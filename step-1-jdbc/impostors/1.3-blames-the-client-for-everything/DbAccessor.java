package marketsvc;

import io.javalin.http.UnprocessableContentResponse;
import java.sql.SQLException;

/** Rolls back, and does not throw the failure on: whatever it was, the client is told that the order was wrong. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var orderId = insertOrder(connection, order.customerId());
                insertItems(connection, orderId, order.items());
                courier.tellOf(orderId);
                connection.commit();
                return orderId;
            } catch (SQLException e) {
                connection.rollback();
                throw new UnprocessableContentResponse("The order refers to something that does not exist.");
            }
        }
    }
}
