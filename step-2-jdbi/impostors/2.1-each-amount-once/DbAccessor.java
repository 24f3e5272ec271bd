package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** Of two lines that cost the same it knows one. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT item.price * order_items.quantity
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                """;
        var totals = handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .set();
        if (totals.isEmpty()) {
            requireOrder(handle, orderId);
        }
        return totals.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
    }
}
