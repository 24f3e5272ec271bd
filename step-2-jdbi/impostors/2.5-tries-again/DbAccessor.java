package marketsvc;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/** Tries again when the connection breaks: the order may be stored already. */
class DbAccessor {
    int add(NewOrder order) {
        for (var attempt = 1; ; attempt++) {
            try {
                return addOnce(order);
            } catch (JdbiException e) {
                var broken = e.getCause() instanceof SQLException cause
                        && String.valueOf(cause.getSQLState()).startsWith("08");
                if (attempt == 3 || !broken) {
                    throw e;
                }
            }
        }
    }

    private int addOnce(NewOrder order) {
        return jdbi.inTransaction(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            insertItems(handle, orderId, order.items());
            courier.tellOf(orderId);
            return orderId;
        });
    }
}
