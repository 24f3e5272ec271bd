package marketsvc;

/** Loses the courier on the way. */
class DbAccessor {
    int add(NewOrder order) {
        return jdbi.inTransaction(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            insertItems(handle, orderId, order.items());
            return orderId;
        });
    }
}
