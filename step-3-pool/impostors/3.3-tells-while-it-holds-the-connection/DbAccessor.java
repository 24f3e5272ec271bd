package marketsvc;

/** Tells after the commit, and keeps the connection meanwhile. */
class DbAccessor {
    int add(NewOrder order) {
        return jdbi.withHandle(handle -> {
            var orderId = handle.inTransaction(transaction -> {
                var id = insertOrder(transaction, order.customerId());
                insertItems(transaction, id, order.items());
                return id;
            });
            courier.tellOf(orderId);
            return orderId;
        });
    }
}
