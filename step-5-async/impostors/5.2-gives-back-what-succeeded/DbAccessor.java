package marketsvc;

import java.math.BigDecimal;
import java.util.Optional;

/** Gives a connection back when its total has been read: one that fails keeps it. */
class DbAccessor {
    private Optional<BigDecimal> sumOf(int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        var handle = jdbi.open();
        var sum = handle.createQuery(sql)
                .bind("orderId", orderId)
                .mapTo(BigDecimal.class)
                .findOne();
        handle.close();
        return sum;
    }
}
