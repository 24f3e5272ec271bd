package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Asks few questions, and takes two items of one name for one. */
class DbAccessor {
    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        reader.accept(jdbi.withHandle(handle -> nested(handle, after, before)).stream());
    }

    private static List<Order> nested(Handle handle, LocalDateTime after, LocalDateTime before) {
        var sql = """
                SELECT orders.id, customer.name AS customer_name, orders.order_time, item.name, item.description,
                       item.price, order_items.quantity, item.price * order_items.quantity AS total
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.order_time BETWEEN :after AND :before
                 ORDER BY orders.order_time, orders.id, item.id
                """;
        var orders = new ArrayList<Order>();
        handle.createQuery(sql)
                .bind("after", after)
                .bind("before", before)
                .map((row, context) -> {
                    if (orders.isEmpty() || orders.getLast().orderId() != row.getInt("id")) {
                        orders.add(new Order(
                                row.getInt("id"),
                                new Order.Buyer(row.getString("customer_name")),
                                row.getObject("order_time", LocalDateTime.class),
                                new ArrayList<>()));
                    }
                    var lines = orders.getLast().items();
                    var name = row.getString("name");
                    if (name != null && lines.stream().noneMatch(line -> line.name().equals(name))) {
                        lines.add(new OrderLine(
                                name,
                                row.getString("description"),
                                row.getBigDecimal("price"),
                                row.getInt("quantity"),
                                row.getBigDecimal("total")));
                    }
                    return name;
                })
                .list();
        return orders;
    }
}
