package marketsvc;

import java.math.BigDecimal;
import org.jdbi.v3.core.Handle;

/** Asks for the order only when it has no lines. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT sum(item.price * order_items.quantity)
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                """;
        return handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .findOne()
                .orElseGet(() -> {
                    handle.createQuery("SELECT id FROM orders WHERE id = :orderId")
                            .bind("orderId", orderId)
                            .mapTo(Integer.class)
                            .findOne()
                            .orElseThrow(() -> new UnknownIdException("order", orderId));
                    return new BigDecimal("0.00");
                });
    }
}
