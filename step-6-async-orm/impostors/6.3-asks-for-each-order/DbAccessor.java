package marketsvc;

import java.time.LocalDateTime;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Streams the orders, and asks for the lines of each. */
class DbAccessor {
    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time,
                       NULL AS name, NULL AS description, NULL::numeric AS price, NULL::int AS quantity, NULL::numeric AS total
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN $1 AND $2
                 ORDER BY orders.order_time, orders.id
                """;
        var orders = nested(cancellable(connection -> rows(
                connection.createStatement(sql).bind(0, after).bind(1, before).fetchSize(FETCH_SIZE), Joined::of)));
        var lines = """
                SELECT item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                 ORDER BY item.id
                """;
        var whole = orders.concatMap(order -> database.sql(lines)
                .bind("orderId", order.orderId())
                .map(row -> Joined.line(row, row.get("quantity", Integer.class)))
                .all()
                .collectList()
                .map(items -> new Order(order.orderId(), order.customer(), order.orderTime(), items)));
        try (var stream = whole.toStream(ORDERS_AHEAD)) {
            reader.accept(stream);
        }
    }
}
