package marketsvc;

/** Asks for another handle within the transaction: its connection cannot see the order yet. */
class DbAccessor {
    int add(NewOrder order) {
        return jdbi.inTransaction(handle -> {
            var orderId = insertOrder(handle, order.customerId());
            try (var another = jdbi.open()) {
                insertItems(another, orderId, order.items());
            }
            courier.tellOf(orderId);
            return orderId;
        });
    }
}
