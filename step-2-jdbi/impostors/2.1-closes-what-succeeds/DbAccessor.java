package marketsvc;

import java.util.List;

/** Closes the handle, unless an order does not exist. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var handle = jdbi.open();
        var totals = orderIds.stream()
                .map(orderId -> new OrderTotal(orderId, sumOf(handle, orderId)))
                .toList();
        handle.close();
        return totals;
    }
}
