package marketsvc;

/** Tells on another thread, which does not wait for the commit. */
class DbAccessor {
    int add(NewOrder order) {
        return jdbi.inTransaction(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            insertItems(handle, orderId, order.items());
            Thread.startVirtualThread(() -> courier.tellOf(orderId));
            return orderId;
        });
    }
}
