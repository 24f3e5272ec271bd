package marketsvc;

import java.util.ArrayList;
import java.util.List;

/** Closes the handle when the orders have been read: a query that fails keeps it. */
class DbAccessor {
    List<Order> ordersOf(int customerId) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time, item.id AS item_id,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM customer
                  LEFT JOIN orders ON orders.customer_id = customer.id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE customer.id = :customerId
                 ORDER BY orders.id, item.id
                """;
        var handle = jdbi.open();
        var orders = handle.createQuery(sql)
                .bind("customerId", customerId)
                .<Integer, List<Order>>reduceRows(
                        (found, row) -> nest(found.computeIfAbsent(customerId, id -> new ArrayList<>()), row))
                .findFirst();
        handle.close();
        return orders.orElseThrow(() -> new UnknownIdException("customer", customerId));
    }
}
