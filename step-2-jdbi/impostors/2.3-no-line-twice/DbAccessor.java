package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.result.RowView;

/** Leaves out a line that looks like another one: two items may be alike. */
class DbAccessor {
    private static void nest(List<Order> orders, RowView row) {
        var orderId = row.getColumn("order_id", Integer.class);
        if (orderId == null) {
            return;
        }
        if (orders.isEmpty() || orders.getLast().orderId() != orderId) {
            var customer = new Order.Buyer(row.getColumn("customer_name", String.class));
            var orderTime = row.getColumn("order_time", LocalDateTime.class);
            orders.add(new Order(orderId, customer, orderTime, new ArrayList<>()));
        }
        if (row.getColumn("item_id", Integer.class) != null) {
            var line = row.getRow(OrderLine.class);
            if (!orders.getLast().items().contains(line)) {
                orders.getLast().items().add(line);
            }
        }
    }
}
