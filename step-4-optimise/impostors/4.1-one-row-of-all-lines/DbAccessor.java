package marketsvc;

import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** One row, in which every line travels all the same. */
class DbAccessor {
    private static BigDecimal sumOf(Handle handle, int orderId) {
        var sql = """
                SELECT coalesce(string_agg((item.price * order_items.quantity)::text, ' '), '0.00')
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        return handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(String.class)
                .findOne()
                .map(totals -> Stream.of(totals.split(" ")).map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add))
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
