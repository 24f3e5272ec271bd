package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** Writes the id into the text: a number cannot do harm, and each id is another statement. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var totals = handle.createQuery("""
                        SELECT item.price * order_items.quantity
                          FROM order_items
                          JOIN item ON item.id = order_items.item_id
                         WHERE order_items.order_id = %d
                        """.formatted(orderId)).mapTo(BigDecimal.class).list();
        if (totals.isEmpty()) {
            requireOrder(handle, orderId);
        }
        return totals.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
    }
}
