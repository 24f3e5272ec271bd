package marketsvc;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** One statement, its values written into the text. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var values = items.stream()
                .map(item -> "(%d, %d, %d)".formatted(orderId, item.id(), item.quantity()))
                .collect(Collectors.joining(", "));
        handle.execute("INSERT INTO order_items (order_id, item_id, quantity) VALUES " + values);
    }
}
