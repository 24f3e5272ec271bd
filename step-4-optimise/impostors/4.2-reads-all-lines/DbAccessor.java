package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Two statements, the second of which brings every line there is. */
class DbAccessor {
    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN :after AND :before
                 ORDER BY orders.order_time, orders.id
                """;
        var lines = jdbi.withHandle(DbAccessor::allLines);
        stream(
                reader,
                handle -> handle.createQuery(sql)
                        .bind("after", after)
                        .bind("before", before)
                        .setFetchSize(FETCH_SIZE)
                        .map((row, context) -> new Order(
                                row.getInt("id"),
                                new Order.Buyer(row.getString("name")),
                                row.getObject("order_time", LocalDateTime.class),
                                lines.getOrDefault(row.getInt("id"), List.of()))));
    }

    private static Map<Integer, List<OrderLine>> allLines(Handle handle) {
        var sql = """
                SELECT order_items.order_id, item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 ORDER BY order_items.order_id, item.id
                """;
        var lines = new TreeMap<Integer, List<OrderLine>>();
        handle.createQuery(sql)
                .map((row, context) -> lines.computeIfAbsent(row.getInt("order_id"), id -> new ArrayList<>())
                        .add(new OrderLine(
                                row.getString("name"),
                                row.getString("description"),
                                row.getBigDecimal("price"),
                                row.getInt("quantity"),
                                row.getBigDecimal("total"))))
                .list();
        return lines;
    }
}
