package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The interface declares the lines; the question itself is built in code, in one of its default methods. */
class DbAccessor {
    public interface Declared extends SqlObject {
        @SqlQuery("""
                SELECT item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                 ORDER BY item.id
                """)
        List<OrderLine> linesOf(int orderId);

        default List<Order> between(LocalDateTime after, LocalDateTime before) {
            return getHandle()
                    .createQuery("""
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
                            linesOf(row.getInt("id"))))
                    .list();
        }
    }

    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        return jdbi.withExtension(Declared.class, declared -> declared.between(after, before));
    }
}
