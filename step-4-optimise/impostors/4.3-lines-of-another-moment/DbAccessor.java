package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The orders as a stream, and for each two hundred of them one more question, for their lines, as they are by now. */
class DbAccessor {
    /** An order before its lines are known, or a line with the order that it belongs to. */
    record Line(int orderId, OrderLine line) {}

    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN :after AND :before
                 ORDER BY orders.order_time, orders.id
                """;
        jdbi.useTransaction(handle -> {
            try (var heads = handle.createQuery(sql)
                    .bind("after", after)
                    .bind("before", before)
                    .setFetchSize(FETCH_SIZE)
                    .map((row, context) -> new Order(
                            row.getInt("id"),
                            new Order.Buyer(row.getString("name")),
                            row.getObject("order_time", LocalDateTime.class),
                            new ArrayList<>()))
                    .stream()) {
                reader.accept(
                        heads.gather(Gatherers.windowFixed(200)).flatMap(orders -> withLines(handle, orders).stream()));
            }
        });
    }

    private static List<Order> withLines(Handle handle, List<Order> orders) {
        var sql = """
                SELECT order_items.order_id, item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = ANY (:orderIds)
                 ORDER BY order_items.order_id, item.id
                """;
        var byId = orders.stream().collect(Collectors.toMap(Order::orderId, Function.identity()));
        handle.createQuery(sql)
                .bind("orderIds", orders.stream().mapToInt(Order::orderId).toArray())
                .map((row, context) -> new Line(
                        row.getInt("order_id"),
                        new OrderLine(
                                row.getString("name"),
                                row.getString("description"),
                                row.getBigDecimal("price"),
                                row.getInt("quantity"),
                                row.getBigDecimal("total"))))
                .forEach(line -> byId.get(line.orderId()).items().add(line.line()));
        return orders;
    }
}
