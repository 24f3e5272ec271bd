package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** An aggregate finds a row in any case: an order that does not exist costs 0.00. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                """;
        return handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .findOne()
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
