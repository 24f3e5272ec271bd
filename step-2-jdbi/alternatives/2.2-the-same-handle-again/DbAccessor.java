package marketsvc;

/** Asks Jdbi for a handle within the transaction: useHandle lends the same one again on this thread. */
class DbAccessor {
    int add(NewOrder order) {
        return jdbi.inTransaction(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            jdbi.useHandle(same -> insertItems(same, orderId, order.items()));
            courier.tellOf(orderId);
            return orderId;
        });
    }
}
