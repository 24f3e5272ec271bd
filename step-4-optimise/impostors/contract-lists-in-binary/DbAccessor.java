package marketsvc;

import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The prices of a tree are binary fractions, and rounding them afterwards hides it for small amounts. */
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
                                row.getObject("order_time", LocalDateTime.class),
                                lines(row.getString("items")))));
    }

    private static List<OrderLine> lines(String items) {
        return JsonMapper.shared().readTree(items).valueStream().map(DbAccessor::line).toList();
    }

    private static OrderLine line(JsonNode line) {
        return new OrderLine(
                line.get("name").stringValue(),
                line.get("description").stringValue(null),
                line.get("price").decimalValue().setScale(2, RoundingMode.HALF_UP),
                line.get("quantity").intValue(),
                line.get("total").decimalValue().setScale(2, RoundingMode.HALF_UP));
    }
}
