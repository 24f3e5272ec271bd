package marketsvc;

import java.time.LocalDateTime;
import java.util.List;

/** The lines are declared, the question itself is built in code. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT orders.id, customer.name AS customer_name, orders.order_time
                          FROM orders
                          JOIN customer ON customer.id = orders.customer_id
                         WHERE orders.order_time BETWEEN :after AND :before
                         ORDER BY orders.order_time, orders.id
                        """)
                .bind("after", after)
                .bind("before", before)
                .map((row, context) -> new Order(
                        row.getInt("id"),
                        new Order.Buyer(row.getString("customer_name")),
                        row.getObject("order_time", LocalDateTime.class),
                        handle.attach(OrderQueries.class).linesOf(row.getInt("id"))))
                .list());
    }
}
