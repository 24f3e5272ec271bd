package marketsvc;

import java.util.concurrent.atomic.AtomicInteger;

/** Tells after the transaction, however it ended. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = new AtomicInteger();
        try {
            return jdbi.inTransaction(handle -> {
                orderId.set(insertOrder(handle, order.customerId()));
                insertItems(handle, orderId.get(), order.items());
                return orderId.get();
            });
        } finally {
            if (orderId.get() > 0) {
                courier.tellOf(orderId.get());
            }
        }
    }
}
