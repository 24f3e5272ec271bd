package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.result.RowView;

/** Folds the row of a customer without orders too: an order 0, of no time. */
class DbAccessor {
    private static void nest(List<Order> orders, RowView row) {
        var orderId = Objects.requireNonNullElse(row.getColumn("order_id", Integer.class), 0);
        if (orders.isEmpty() || orders.getLast().orderId() != orderId) {
            var customer = new Order.Buyer(row.getColumn("customer_name", String.class));
            var orderTime = row.getColumn("order_time", LocalDateTime.class);
            orders.add(new Order(orderId, customer, orderTime, new ArrayList<>()));
        }
        if (row.getColumn("item_id", Integer.class) != null) {
            orders.getLast().items().add(row.getRow(OrderLine.class));
        }
    }
}
