package marketsvc;

import java.util.ArrayList;
import java.util.List;

/** One statement for orders and lines, and another one to see whether there is such a customer. */
class DbAccessor {
    List<Order> ordersOf(int customerId) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time, item.id AS item_id,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE customer.id = :customerId
                 ORDER BY orders.id, item.id
                """;
        return jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("customerId", customerId)
                .<Integer, List<Order>>reduceRows(
                        (found, row) -> nest(found.computeIfAbsent(customerId, id -> new ArrayList<>()), row))
                .findFirst()
                .orElseGet(() -> handle.createQuery("SELECT id FROM customer WHERE id = :customerId")
                        .bind("customerId", customerId)
                        .mapTo(Integer.class)
                        .findOne()
                        .map(id -> List.<Order>of())
                        .orElseThrow(() -> new UnknownIdException("customer", customerId))));
    }
}
