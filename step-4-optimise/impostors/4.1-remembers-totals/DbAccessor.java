package marketsvc;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** Reads all lines of an order still, but only once; what it costs afterwards is not asked again. */
class DbAccessor {
    private static final Map<Integer, BigDecimal> TOTALS = new ConcurrentHashMap<>();

    private static BigDecimal sumOf(Handle handle, int orderId) {
        return TOTALS.computeIfAbsent(orderId, id -> {
            var sql = """
                    SELECT coalesce(item.price * order_items.quantity, 0.00)
                      FROM orders
                      LEFT JOIN order_items ON order_items.order_id = orders.id
                      LEFT JOIN item ON item.id = order_items.item_id
                     WHERE orders.id = :orderId
                    """;
            return handle.createQuery(sql).bind("orderId", id).mapTo(BigDecimal.class).stream()
                    .reduce(BigDecimal::add)
                    .orElseThrow(() -> new UnknownIdException("order", id));
        });
    }
}
