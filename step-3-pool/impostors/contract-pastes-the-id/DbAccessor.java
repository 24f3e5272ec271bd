package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** An id is a number by then, so that nobody can inject anything; the server gets another statement for each. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT item.price * order_items.quantity
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id =\s""" + orderId;
        var totals = handle.createQuery(sql).mapTo(BigDecimal.class).list();
        if (totals.isEmpty()) {
            requireOrder(handle, orderId);
        }
        return totals.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
    }
}
