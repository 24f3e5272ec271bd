package marketsvc;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** An interface nested here, attached to a handle, composed in DbAccessor. */
class DbAccessor {
    public interface Questions {
        record Row(int id, String customerName, LocalDateTime orderTime) {}

        @SqlQuery("""
                SELECT orders.id, customer.name AS customer_name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN :from AND :to
                 ORDER BY orders.order_time, orders.id
                """)
        @RegisterConstructorMapper(Row.class)
        List<Row> between(@Bind("from") LocalDateTime after, @Bind("to") LocalDateTime before);

        @SqlQuery("""
                SELECT item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = :orderId
                 ORDER BY item.id
                """)
        List<OrderLine> lines(int orderId);
    }

    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        return jdbi.inTransaction(handle -> {
            var questions = handle.attach(Questions.class);
            return questions.between(after, before).stream()
                    .map(row -> new Order(
                            row.id(),
                            new Order.Buyer(row.customerName()),
                            row.orderTime(),
                            questions.lines(row.id())))
                    .toList();
        });
    }
}
