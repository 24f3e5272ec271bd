package marketsvc;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** Has the database add up, and remembers the sum, whatever becomes of the order. */
class DbAccessor {
    private static final Map<Integer, BigDecimal> SUMS = new ConcurrentHashMap<>();

    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        return SUMS.computeIfAbsent(orderId, id -> handle.createQuery(sql)
                .bind("orderId", id)
                .mapTo(BigDecimal.class)
                .findOne()
                .orElseThrow(() -> new UnknownIdException("order", id)));
    }
}
