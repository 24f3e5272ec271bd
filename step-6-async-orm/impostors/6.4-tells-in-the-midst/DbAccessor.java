package marketsvc;

/** The courier is told in the chain that is the transaction, which waits for him. */
class DbAccessor {
    int add(NewOrder order) {
        return insertOrder(order.customerId())
                .flatMap(id -> insertItems(id, order.items()).thenReturn(id))
                .doOnNext(courier::tellOf)
                .as(transaction::transactional)
                .block();
    }
}
