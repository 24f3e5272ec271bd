package marketsvc;

import java.math.BigDecimal;
import java.util.Optional;

/** Has the server end each statement in time, by a setting of the session that goes back to the pool with it. */
class DbAccessor {
    private Optional<BigDecimal> sumOf(int orderId) throws InterruptedException {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        return Cancellable.ask(
                jdbi,
                handle -> {
                    handle.execute("SET statement_timeout = " + deadline.toMillis());
                    return handle.createQuery(sql).bind("orderId", orderId);
                },
                query -> query.mapTo(BigDecimal.class).findOne());
    }
}
