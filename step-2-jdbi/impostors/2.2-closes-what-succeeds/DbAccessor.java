package marketsvc;

/** Begins, commits and rolls back by the handle's own methods, and closes it unless the order is refused. */
class DbAccessor {
    int add(NewOrder order) {
        var handle = jdbi.open();
        handle.begin();
        try {
            var orderId = insertOrder(handle, order.customerId());
            insertItems(handle, orderId, order.items());
            courier.tellOf(orderId);
            handle.commit();
            handle.close();
            return orderId;
        } catch (RuntimeException e) {
            handle.rollback();
            throw e;
        }
    }
}
