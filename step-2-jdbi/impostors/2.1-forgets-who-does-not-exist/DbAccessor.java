package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** Adds up nothing for an order that does not exist, as for one without lines. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT COALESCE(SUM(item.price * order_items.quantity), 0.00)
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                """;
        return handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .one();
    }
}
