package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Two statements, however many orders: better than one for each, and one more than it takes. */
class DbAccessor {
    List<Order> ordersOf(int customerId) {
        return jdbi.withHandle(handle -> {
            var orders = new LinkedHashMap<Integer, Order>();
            handle.createQuery("""
                        SELECT orders.id, customer.name AS customer_name, orders.order_time
                          FROM customer
                          LEFT JOIN orders ON orders.customer_id = customer.id
                         WHERE customer.id = :customerId
                         ORDER BY orders.id
                        """)
                    .bind("customerId", customerId)
                    .map((row, context) -> new Order(
                            row.getInt("id"),
                            new Order.Buyer(row.getString("customer_name")),
                            row.getObject("order_time", LocalDateTime.class),
                            new ArrayList<>()))
                    .forEach(order -> orders.put(order.orderId(), order));
            if (orders.isEmpty()) {
                throw new UnknownIdException("customer", customerId);
            }
            orders.remove(0);
            if (!orders.isEmpty()) {
                handle.createQuery("""
                        SELECT order_items.order_id, item.name, item.description, item.price, order_items.quantity,
                               item.price * order_items.quantity AS total
                          FROM order_items
                          JOIN item ON item.id = order_items.item_id
                         WHERE order_items.order_id IN (<ids>)
                         ORDER BY item.id
                        """)
                        .bindList("ids", List.copyOf(orders.keySet()))
                        .map(row -> orders.get(row.getColumn("order_id", Integer.class))
                                .items()
                                .add(row.getRow(OrderLine.class)))
                        .list();
            }
            return List.copyOf(orders.values());
        });
    }
}
