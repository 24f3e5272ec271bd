package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** Two lines that cost the same are added once. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT coalesce(sum(DISTINCT item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        return handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .findOne()
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
