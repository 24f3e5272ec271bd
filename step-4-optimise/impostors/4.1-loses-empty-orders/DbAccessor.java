package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** Joins the lines in, so that an order without lines is none. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT sum(item.price * order_items.quantity)
                  FROM orders
                  JOIN order_items ON order_items.order_id = orders.id
                  JOIN item ON item.id = order_items.item_id
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
