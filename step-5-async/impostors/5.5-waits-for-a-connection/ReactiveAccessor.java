package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.math.BigDecimal;
import reactor.core.publisher.Mono;

/** Waits for the answer no longer than the deadline says, and for the connection as long as it takes. */
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
        return Mono.usingWhen(
                        connections.create(),
                        connection -> connection
                                .createStatement(sql)
                                .bind("$1", orderId)
                                .execute()
                                .concatMap(result -> result.map(row -> row.get(0, BigDecimal.class)))
                                .singleOrEmpty()
                                .timeout(deadline),
                        PostgresqlConnection::close,
                        (connection, failure) -> connection.close().onErrorComplete(),
                        PostgresqlConnection::close)
                .map(total -> new OrderTotal(orderId, total))
                .blockOptional()
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
