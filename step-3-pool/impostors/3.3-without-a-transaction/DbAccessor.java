package marketsvc;

/** Tells when the connection is given back, of an order that no transaction holds together any more. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = jdbi.withHandle(handle -> {
            var id = insertOrder(handle, order.customerId());
            insertItems(handle, id, order.items());
            return id;
        });
        courier.tellOf(orderId);
        return orderId;
    }
}
