package marketsvc;

/** Calls an order stored whose items were refused. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = insertOrder(order.customerId())
                .flatMap(id -> insertItems(id, order.items()).onErrorReturn(0L).thenReturn(id))
                .as(transaction::transactional)
                .block();
        courier.tellOf(orderId);
        return orderId;
    }
}
