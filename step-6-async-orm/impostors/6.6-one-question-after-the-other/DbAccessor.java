package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import reactor.core.publisher.Mono;

/** The first answer is complete, and its connection back, before the next question: one for each order, N+1 again. */
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
                .filter(order -> order.orderId() > 0);
        return orders.collectList()
                .flatMapIterable(all -> all)
                .concatMap(this::withLines)
                .collectList()
                .block();
    }

    private Mono<Order> withLines(Order order) {
        return database.sql("""
                        SELECT item.name, item.description, item.price, order_items.quantity,
                               item.price * order_items.quantity AS total
                          FROM order_items
                          JOIN item ON item.id = order_items.item_id
                         WHERE order_items.order_id = :orderId
                         ORDER BY item.id
                        """)
                .bind("orderId", order.orderId())
                .map(row -> Joined.line(row, row.get("quantity", Integer.class)))
                .all()
                .collectList()
                .map(lines -> new Order(order.orderId(), order.customer(), order.orderTime(), lines));
    }
}
