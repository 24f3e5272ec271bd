package marketsvc;

import io.javalin.http.ConflictResponse;
import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** Maps the failure where orders are added, and nowhere else. */
class DbAccessor {
    int add(NewOrder order) {
        try {
            return jdbi.inTransaction(handle -> {
                var orderId = insertOrder(handle, order.customerId());
                insertItems(handle, orderId, order.items());
                courier.tellOf(orderId);
                return orderId;
            });
        } catch (JdbiException e) {
            if (e.getCause() instanceof SQLException cause && "23505".equals(cause.getSQLState())) {
                throw new ConflictResponse("This exists already.");
            }
            throw e;
        }
    }
}
