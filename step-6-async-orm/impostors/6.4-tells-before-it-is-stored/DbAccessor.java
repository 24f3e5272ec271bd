package marketsvc;

/** Neither connection nor thread waits for the courier, who is told of an order before anybody knows whether it will be one. */
class DbAccessor {
    int add(NewOrder order) {
        return insertOrder(order.customerId())
                .doOnNext(id -> Thread.startVirtualThread(() -> courier.tellOf(id)))
                .flatMap(id -> insertItems(id, order.items()).thenReturn(id))
                .as(transaction::transactional)
                .block();
    }
}
