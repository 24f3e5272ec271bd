package marketsvc;

/** Each insert in a transaction of its own. */
class DbAccessor {
    int add(NewOrder order) {
        int orderId = jdbi.inTransaction(handle -> insertOrder(handle, order.customerId()));
        jdbi.useTransaction(handle -> insertItems(handle, orderId, order.items()));
        courier.tellOf(orderId);
        return orderId;
    }
}
