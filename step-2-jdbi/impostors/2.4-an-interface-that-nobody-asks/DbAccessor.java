package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Declares the interface, and builds the same query in code. */
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
                        linesOf(handle, row.getInt("id"))))
                .list());
    }

    private static List<OrderLine> linesOf(Handle handle, int orderId) {
        return handle.createQuery("""
                        SELECT item.name, item.description, item.price, order_items.quantity,
                               item.price * order_items.quantity AS total
                          FROM order_items
                          JOIN item ON item.id = order_items.item_id
                         WHERE order_items.order_id = :orderId
                         ORDER BY item.id
                        """)
                .bind("orderId", orderId)
                .mapTo(OrderLine.class)
                .list();
    }
}
