package marketsvc;

import java.math.BigDecimal;
import java.time.Duration;

/** Five seconds are long enough, whatever the operator says. */
class ReactiveAccessor {
    @Override
    OrderTotal totalOf(int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = $1
                 GROUP BY orders.id
                """;
        return rows(sql, statement -> statement.bind("$1", orderId), row -> row.get(0, BigDecimal.class))
                .singleOrEmpty()
                .timeout(Duration.ofSeconds(5))
                .map(total -> new OrderTotal(orderId, total))
                .blockOptional()
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
