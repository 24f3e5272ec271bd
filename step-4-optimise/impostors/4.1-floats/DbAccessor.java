package marketsvc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jdbi.v3.core.Handle;

/** Adds up in SQL, in floating point. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price::float8 * order_items.quantity), 0)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        return handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(Double.class)
                .findOne()
                .map(total -> BigDecimal.valueOf(total).setScale(2, RoundingMode.HALF_UP))
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
