package marketsvc;

/** Commits every hundred items, so that no transaction grows long. */
class DbAccessor {
    int add(NewOrder order) {
        var orderId = jdbi.inTransaction(handle -> insertOrder(handle, order.customerId()));
        for (var from = 0; from < order.items().size(); from += 100) {
            var hundred = order.items().subList(from, Math.min(from + 100, order.items().size()));
            jdbi.useTransaction(handle -> insertItems(handle, orderId, hundred));
        }
        courier.tellOf(orderId);
        return orderId;
    }
}
