package marketsvc;

/** Gives the connection back before the courier is told, unless the order is refused. */
class DbAccessor {
    int add(NewOrder order) {
        var handle = jdbi.open();
        var orderId = handle.inTransaction(within -> {
            var id = insertOrder(within, order.customerId());
            insertItems(within, id, order.items());
            return id;
        });
        handle.close();
        courier.tellOf(orderId);
        return orderId;
    }
}
