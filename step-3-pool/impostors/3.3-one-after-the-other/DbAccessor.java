package marketsvc;

/** Holds no connection while it tells, but a lock. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = jdbi.inTransaction(handle -> {
            var id = insertOrder(handle, order.customerId());
            insertItems(handle, id, order.items());
            return id;
        });
        // Without a connection: he takes his time, and what he hears of is stored.
        synchronized (courier) {
            courier.tellOf(orderId);
        }
        return orderId;
    }
}
