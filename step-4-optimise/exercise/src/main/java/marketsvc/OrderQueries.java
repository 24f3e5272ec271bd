package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Questions about orders, asked declaratively: the annotations are the implementation. */
public interface OrderQueries {

    /** An order before its lines are known. */
    record Head(int id, @Nested("customer") Order.Buyer customer, LocalDateTime orderTime) {}

    @SqlQuery("""
            SELECT orders.id, customer.name AS customer_name, orders.order_time
              FROM orders
              JOIN customer ON customer.id = orders.customer_id
             WHERE orders.order_time BETWEEN :after AND :before
             ORDER BY orders.order_time, orders.id
            """)
    @RegisterConstructorMapper(Head.class)
    List<Head> headsBetween(LocalDateTime after, LocalDateTime before);

    @SqlQuery("""
            SELECT item.name, item.description, item.price, order_items.quantity,
                   item.price * order_items.quantity AS total
              FROM order_items
              JOIN item ON item.id = order_items.item_id
             WHERE order_items.order_id = :orderId
             ORDER BY item.id
            """)
    List<OrderLine> linesOf(int orderId);

    /** What annotations cannot nest is nested by hand, at the price of a statement for each order. */
    default List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        return headsBetween(after, before).stream()
                .map(head -> new Order(head.id(), head.customer(), head.orderTime(), linesOf(head.id())))
                .toList();
    }
}
