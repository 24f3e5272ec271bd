package marketsvc;

/** Tells after the commit as well, and keeps no client waiting; whoever ends the service in that moment ends this too. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = jdbi.inTransaction(handle -> {
            var id = insertOrder(handle, order.customerId());
            insertItems(handle, id, order.items());
            return id;
        });
        // Without a connection: he takes his time, and what he hears of is stored.
        Thread.startVirtualThread(() -> courier.tellOf(orderId));
        return orderId;
    }
}
