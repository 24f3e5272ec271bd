package marketsvc;

import org.jdbi.v3.core.JdbiException;
import org.slf4j.LoggerFactory;

/** Catches the failure within the lambda, which then ends as if all were well. */
class DbAccessor {
    int add(NewOrder order) {
        return jdbi.inTransaction(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            try {
                insertItems(handle, orderId, order.items());
            } catch (JdbiException e) {
                LoggerFactory.getLogger(DbAccessor.class).warn("order {}", orderId, e);
            }
            courier.tellOf(orderId);
            return orderId;
        });
    }
}
