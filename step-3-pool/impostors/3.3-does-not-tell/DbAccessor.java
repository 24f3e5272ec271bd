package marketsvc;

/** Keeps nobody waiting, and the courier in the dark. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = jdbi.inTransaction(handle -> {
            var id = insertOrder(handle, order.customerId());
            insertItems(handle, id, order.items());
            return id;
        });
        return orderId;
    }
}
