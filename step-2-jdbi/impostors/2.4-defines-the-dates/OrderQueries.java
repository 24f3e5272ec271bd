package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Takes define for bind: the dates become part of the statement. */
public interface OrderQueries {
    @SqlQuery("""
            SELECT orders.id, customer.name AS customer_name, orders.order_time
              FROM orders
              JOIN customer ON customer.id = orders.customer_id
             WHERE orders.order_time BETWEEN <after> AND <before>
             ORDER BY orders.order_time, orders.id
            """)
    @RegisterConstructorMapper(Head.class)
    List<Head> headsBetween(@Define("after") String after, @Define("before") String before);

    default List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        return headsBetween("'" + after + "'", "'" + before + "'").stream()
                .map(head -> new Order(head.id(), head.customer(), head.orderTime(), linesOf(head.id())))
                .toList();
    }
}
