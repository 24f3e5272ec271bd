package marketsvc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** On the threads of the common pool, which are as many as the machine has processors, for all requests together. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        var sums = orderIds.parallelStream().map(this::sumOf).toList().iterator();
        return orderIds.stream()
                .map(orderId -> new OrderTotal(
                        orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                .toList();
    }

    private Optional<BigDecimal> sumOf(int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .findOne());
    }
}
