package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** Asks whether each order exists before it asks for its lines: twice as many statements as before. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        requireOrder(handle, orderId);
        var sql = """
                SELECT item.price * order_items.quantity
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                """;
        return handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .stream()
                .reduce(new BigDecimal("0.00"), BigDecimal::add);
    }
}
