package marketsvc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jdbi.v3.core.Handle;

/** Adds up in double, and rounds at the end: right for small change, and wrong from some 16 digits on. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT item.price * order_items.quantity
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                """;
        var totals =
                handle.createQuery(sql).bind("orderId", orderId).mapTo(Double.class).list();
        if (totals.isEmpty()) {
            requireOrder(handle, orderId);
        }
        var sum = totals.stream().mapToDouble(Double::doubleValue).sum();
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP);
    }
}
