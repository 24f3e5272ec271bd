package marketsvc;

/** Takes the order back when its items fail, which others have seen by then. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = insertOrder(order.customerId()).block();
        try {
            insertItems(orderId, order.items()).block();
        } catch (RuntimeException e) {
            database.sql("DELETE FROM orders WHERE id = :id")
                    .bind("id", orderId)
                    .then()
                    .block();
            throw e;
        }
        courier.tellOf(orderId);
        return orderId;
    }
}
