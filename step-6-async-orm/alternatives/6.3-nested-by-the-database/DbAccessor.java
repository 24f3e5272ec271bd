package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** An order is a row, its lines are JSON. */
class DbAccessor {
    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time,
                       (SELECT coalesce(json_agg(json_build_object(
                                   'name', item.name, 'description', item.description, 'price', item.price,
                                   'quantity', order_items.quantity, 'total', item.price * order_items.quantity)
                                   ORDER BY item.id), '[]')::text
                          FROM order_items
                          JOIN item ON item.id = order_items.item_id
                         WHERE order_items.order_id = orders.id) AS items
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN $1 AND $2
                 ORDER BY orders.order_time, orders.id
                """;
        var orders = cancellable(connection -> rows(
                connection.createStatement(sql).bind(0, after).bind(1, before).fetchSize(ORDERS_AHEAD),
                row -> new Order(
                        row.get("id", Integer.class),
                        new Order.Buyer(row.get("name", String.class)),
                        row.get("order_time", LocalDateTime.class),
                        List.of(JsonMapper.shared().readValue(row.get("items", String.class), OrderLine[].class)))));
        try (var stream = orders.toStream(ORDERS_AHEAD)) {
            reader.accept(stream);
        }
    }
}
