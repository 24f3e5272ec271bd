package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.result.LinkedHashMapRowReducer;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.UseRowReducer;

/** One statement: the annotation names a class that folds the rows. */
public interface OrderQueries {
    @SqlQuery("""
            SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time, item.id AS item_id,
                   item.name, item.description, item.price, order_items.quantity,
                   item.price * order_items.quantity AS total
              FROM orders
              JOIN customer ON customer.id = orders.customer_id
              LEFT JOIN order_items ON order_items.order_id = orders.id
              LEFT JOIN item ON item.id = order_items.item_id
             WHERE orders.order_time BETWEEN :after AND :before
             ORDER BY orders.order_time, orders.id, item.id
            """)
    @UseRowReducer(Fold.class)
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before);

    class Fold implements LinkedHashMapRowReducer<Integer, Order> {
        @Override
        public void accumulate(Map<Integer, Order> orders, RowView row) {
            var order = orders.computeIfAbsent(
                    row.getColumn("order_id", Integer.class),
                    id -> new Order(
                            id,
                            new Order.Buyer(row.getColumn("customer_name", String.class)),
                            row.getColumn("order_time", LocalDateTime.class),
                            new ArrayList<>()));
            if (row.getColumn("item_id", Integer.class) != null) {
                order.items().add(row.getRow(OrderLine.class));
            }
        }
    }
}
