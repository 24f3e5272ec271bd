package marketsvc;

import java.util.List;

/** Lends a handle for each order, not for the question. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        return orderIds.stream()
                .map(orderId -> jdbi.withHandle(handle -> new OrderTotal(orderId, sumOf(handle, orderId))))
                .toList();
    }
}
