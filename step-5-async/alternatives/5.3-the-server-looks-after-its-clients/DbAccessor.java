package marketsvc;

import java.math.BigDecimal;
import java.util.Optional;

/** PostgreSQL looks whether the client is still there while it works for him. */
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
        return jdbi.inTransaction(handle ->
                {
            handle.execute("SET LOCAL client_connection_check_interval = '200ms'");
            return handle.createQuery(sql).bind("orderId", orderId).mapTo(BigDecimal.class).findOne();
        });
    }
}
