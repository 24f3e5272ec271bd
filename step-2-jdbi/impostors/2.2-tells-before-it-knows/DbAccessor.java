package marketsvc;

/** The courier hears of an order whose items may be refused. */
class DbAccessor {
    int add(NewOrder order) {
        return jdbi.inTransaction(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            courier.tellOf(orderId);
            insertItems(handle, orderId, order.items());
            return orderId;
        });
    }
}
