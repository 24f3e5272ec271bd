package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The first answer is complete, and its connection back, before the second question, which is for all lines. */
class DbAccessor {
    List<Order> ordersOf(int customerId) {
        var orders = database.sql("""
                        SELECT customer.name, orders.id, orders.order_time
                          FROM customer
                          LEFT JOIN orders ON orders.customer_id = customer.id
                         WHERE customer.id = :customerId
                         ORDER BY orders.id
                        """)
                .bind("customerId", customerId)
                .map(row -> new Order(
                        row.get("id") == null ? 0 : row.get("id", Integer.class),
                        new Order.Buyer(row.get("name", String.class)),
                        row.get("order_time", LocalDateTime.class),
                        List.of()))
                .all()
                .switchIfEmpty(Mono.error(() -> new UnknownIdException("customer", customerId)))
                .filter(order -> order.orderId() > 0)
                .collectList()
                .block();
        var lines = database.sql("""
                        SELECT orders.id, item.name, item.description, item.price, order_items.quantity,
                               item.price * order_items.quantity AS total
                          FROM orders
                          JOIN order_items ON order_items.order_id = orders.id
                          JOIN item ON item.id = order_items.item_id
                         WHERE orders.customer_id = :customerId
                         ORDER BY item.id
                        """)
                .bind("customerId", customerId)
                .map(row -> Map.entry(
                        row.get("id", Integer.class), Joined.line(row, row.get("quantity", Integer.class))))
                .all()
                .collectMultimap(Map.Entry::getKey, Map.Entry::getValue)
                .block();
        return orders.stream()
                .map(order -> new Order(
                        order.orderId(),
                        order.customer(),
                        order.orderTime(),
                        List.copyOf(lines.getOrDefault(order.orderId(), List.of()))))
                .toList();
    }
}
