package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.result.RowView;

/** Begins an order when the time changes: two orders at the same time become one. */
class DbAccessor {
    private static void nest(List<Order> orders, RowView row) {
        var orderTime = row.getColumn("order_time", LocalDateTime.class);
        if (orderTime == null) {
            return;
        }
        var order = orders.stream()
                .filter(known -> known.orderTime().equals(orderTime))
                .findFirst()
                .orElseGet(() -> {
                    var customer = new Order.Buyer(row.getColumn("customer_name", String.class));
                    orders.add(new Order(
                            row.getColumn("order_id", Integer.class), customer, orderTime, new ArrayList<>()));
                    return orders.getLast();
                });
        if (row.getColumn("item_id", Integer.class) != null) {
            order.items().add(row.getRow(OrderLine.class));
        }
    }
}
