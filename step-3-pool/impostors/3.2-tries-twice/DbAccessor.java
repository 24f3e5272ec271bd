package marketsvc;

import org.jdbi.v3.core.ConnectionException;

/** Asks for a connection twice before it gives up: POOL_TIMEOUT_MS is half of the truth. */
class DbAccessor {
    int add(NewOrder order) {
        for (var attempt = 1; ; attempt++) {
            try {
                return addOnce(order);
            } catch (ConnectionException e) {
                if (attempt == 2) {
                    throw e;
                }
            }
        }
    }

    private int addOnce(NewOrder order) {
        var orderId = jdbi.inTransaction(handle -> {
            var id = insertOrder(handle, order.customerId());
            insertItems(handle, id, order.items());
            return id;
        });
        // Without a connection: he takes his time, and what he hears of is stored.
        courier.tellOf(orderId);
        return orderId;
    }
}
