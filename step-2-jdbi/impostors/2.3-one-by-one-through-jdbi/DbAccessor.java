package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The starter's way in Jdbi's words: a statement for each order. */
class DbAccessor {
    List<Order> ordersOf(int customerId) {
        return jdbi.withHandle(handle -> {
            var orders = handle.createQuery("""
                        SELECT orders.id, customer.name AS customer_name, orders.order_time
                          FROM orders
                          JOIN customer ON customer.id = orders.customer_id
                         WHERE customer.id = :customerId
                         ORDER BY orders.id
                        """)
                    .bind("customerId", customerId)
                    .map((row, context) -> new Order(
                            row.getInt("id"),
                            new Order.Buyer(row.getString("customer_name")),
                            row.getObject("order_time", LocalDateTime.class),
                            linesOf(handle, row.getInt("id"))))
                    .list();
            if (orders.isEmpty()) {
                requireCustomer(handle, customerId);
            }
            return orders;
        });
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

    private static void requireCustomer(Handle handle, int customerId) {
        handle.createQuery("SELECT id FROM customer WHERE id = :customerId")
                .bind("customerId", customerId)
                .mapTo(Integer.class)
                .findOne()
                .orElseThrow(() -> new UnknownIdException("customer", customerId));
    }
}
