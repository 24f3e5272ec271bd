package marketsvc;

/** After the transaction, but on the thread that serves other connections too. */
class DbAccessor {
    int add(NewOrder order) {
        return insertOrder(order.customerId())
                .flatMap(id -> insertItems(id, order.items()).thenReturn(id))
                .as(transaction::transactional)
                .doOnNext(courier::tellOf)
                .block();
    }
}
