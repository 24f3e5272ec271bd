package marketsvc;

import java.util.List;

/** One statement for all, whose rows are neither as often nor in the order as asked. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        return jdbi.withHandle(handle -> orderIds.stream()
                .distinct()
                .sorted()
                .map(orderId -> new OrderTotal(orderId, sumOf(handle, orderId)))
                .toList());
    }
}
