package marketsvc;

import java.time.LocalDateTime;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The server is asked for all rows at once, and sends until the sockets are full. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                 CROSS JOIN LATERAL (SELECT flat_number, post_code
                                       FROM address
                                      WHERE address.id = customer.address_id
                                     OFFSET 0) AS address
                 WHERE customer.id > $1
                 ORDER BY customer.id
                 LIMIT $2
                """;
        var customers = cancellable(connection ->
                rows(connection.createStatement(sql).bind(0, afterId).bind(1, limit), DbAccessor::customer));
        try (var stream = customers.toStream(FETCH_SIZE)) {
            reader.accept(stream);
        }
    }

    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.order_time BETWEEN $1 AND $2
                 ORDER BY orders.order_time, orders.id, item.id
                """;
        var rows = cancellable(connection ->
                rows(connection.createStatement(sql).bind(0, after).bind(1, before), Joined::of));
        try (var stream = nested(rows).toStream(ORDERS_AHEAD)) {
            reader.accept(stream);
        }
    }
}
