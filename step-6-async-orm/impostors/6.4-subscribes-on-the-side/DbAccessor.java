package marketsvc;

/** What is subscribed to on the side is no part of the chain, nor of its transaction; nobody hears of its failure. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = insertOrder(order.customerId())
                .as(transaction::transactional)
                .doOnNext(id -> insertItems(id, order.items()).subscribe(lines -> {}, failure -> {}))
                .block();
        courier.tellOf(orderId);
        return orderId;
    }
}
