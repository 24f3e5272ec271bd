package marketsvc;

/** Lends one handle for both, which is one connection, and not yet one transaction. */
class DbAccessor {
    int add(NewOrder order) {
        return jdbi.withHandle(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            insertItems(handle, orderId, order.items());
            courier.tellOf(orderId);
            return orderId;
        });
    }
}
