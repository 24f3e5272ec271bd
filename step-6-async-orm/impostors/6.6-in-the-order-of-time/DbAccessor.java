package marketsvc;

import java.util.List;
import reactor.core.publisher.Mono;

/** By time, where the contract has them by id. */
class DbAccessor {
    List<Order> ordersOf(int customerId) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM customer
                  LEFT JOIN orders ON orders.customer_id = customer.id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE customer.id = :customerId
                 ORDER BY orders.order_time, orders.id, item.id
                """;
        var rows = database.sql(sql)
                .bind("customerId", customerId)
                .map(Joined::of)
                .all()
                .switchIfEmpty(Mono.error(() -> new UnknownIdException("customer", customerId)))
                .filter(row -> row.orderId() != null);
        return nested(rows).collectList().block();
    }
}
