package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Takes what lies between, without the bounds. */
public interface OrderQueries {
    @SqlQuery("""
            SELECT orders.id, customer.name AS customer_name, orders.order_time
              FROM orders
              JOIN customer ON customer.id = orders.customer_id
             WHERE orders.order_time > :after AND orders.order_time < :before
             ORDER BY orders.order_time, orders.id
            """)
    @RegisterConstructorMapper(Head.class)
    List<Head> headsBetween(LocalDateTime after, LocalDateTime before);
}
