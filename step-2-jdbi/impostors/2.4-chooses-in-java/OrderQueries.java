package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Asks for all orders, and chooses in Java. */
public interface OrderQueries {
    @SqlQuery("""
            SELECT orders.id, customer.name AS customer_name, orders.order_time
              FROM orders
              JOIN customer ON customer.id = orders.customer_id
             ORDER BY orders.order_time, orders.id
            """)
    @RegisterConstructorMapper(Head.class)
    List<Head> heads();

    default List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        return heads().stream()
                .filter(head -> !head.orderTime().isBefore(after) && !head.orderTime().isAfter(before))
                .map(head -> new Order(head.id(), head.customer(), head.orderTime(), linesOf(head.id())))
                .toList();
    }
}
