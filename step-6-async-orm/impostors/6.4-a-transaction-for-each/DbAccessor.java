package marketsvc;

/** Two transactions, each of them whole. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = insertOrder(order.customerId()).as(transaction::transactional).block();
        insertItems(orderId, order.items()).as(transaction::transactional).block();
        courier.tellOf(orderId);
        return orderId;
    }
}
