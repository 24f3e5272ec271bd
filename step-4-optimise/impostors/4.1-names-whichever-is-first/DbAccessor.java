package marketsvc;

import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One statement for all orders of a request, and of those that are missing whichever a set has first. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sql = """
                SELECT orders.id, coalesce(sum(item.price * order_items.quantity), 0.00) AS total
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = ANY (:ids)
                 GROUP BY orders.id
                """;
        var totals = jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("ids", orderIds.stream().mapToInt(Integer::intValue).toArray())
                .map((row, context) -> new OrderTotal(row.getInt("id"), row.getBigDecimal("total")))
                .collect(Collectors.toMap(OrderTotal::orderId, Function.identity())));
        var missing = new HashSet<>(orderIds);
        missing.removeAll(totals.keySet());
        if (!missing.isEmpty()) {
            throw new UnknownIdException("order", missing.iterator().next());
        }
        return orderIds.stream().map(totals::get).toList();
    }
}
