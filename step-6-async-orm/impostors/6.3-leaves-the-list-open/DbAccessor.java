package marketsvc;

import java.time.LocalDateTime;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Nobody closes the stream of orders: the connection of a client who hangs up waits for him for ever. */
class DbAccessor {
    /** One statement for orders and lines; rows become orders as they come, and are forgotten. */
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
        var rows = cancellable(connection -> rows(
                connection.createStatement(sql).bind(0, after).bind(1, before).fetchSize(FETCH_SIZE), Joined::of));
        reader.accept(nested(rows).toStream(ORDERS_AHEAD));
    }
}
