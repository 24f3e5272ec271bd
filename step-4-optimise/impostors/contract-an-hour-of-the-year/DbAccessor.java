package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Times pass through the zone of the service, which has no half past two in one night of spring. */
class DbAccessor {
    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        // OFFSET 0: each line looks its item up; a join would read all items again for every order.
        var sql = """
                SELECT orders.id, customer.name, orders.order_time,
                       (SELECT coalesce(json_agg(json_build_object(
                                   'name', item.name, 'description', item.description, 'price', item.price,
                                   'quantity', order_items.quantity, 'total', item.price * order_items.quantity)
                                   ORDER BY item.id), '[]')
                          FROM order_items
                         CROSS JOIN LATERAL (SELECT id, name, description, price
                                               FROM item
                                              WHERE item.id = order_items.item_id
                                             OFFSET 0) AS item
                         WHERE order_items.order_id = orders.id) AS items
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN :after AND :before
                 ORDER BY orders.order_time, orders.id
                """;
        stream(
                reader,
                handle -> handle.createQuery(sql)
                        .bind("after", after)
                        .bind("before", before)
                        .setFetchSize(ORDERS_FETCH_SIZE)
                        .map((row, context) -> new Order(
                                row.getInt("id"),
                                new Order.Buyer(row.getString("name")),
                                row.getTimestamp("order_time").toLocalDateTime(),
                                List.of(JsonMapper.shared().readValue(row.getString("items"), OrderLine[].class)))));
    }
}
