package marketsvc;

/** The courier is told on a virtual thread, for which the request waits on its own. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = jdbi.inTransaction(handle -> {
            var id = insertOrder(handle, order.customerId());
            insertItems(handle, id, order.items());
            return id;
        });
        // Without a connection: he takes his time, and what he hears of is stored.
        try {
            Thread.startVirtualThread(() -> courier.tellOf(orderId)).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return orderId;
    }
}
