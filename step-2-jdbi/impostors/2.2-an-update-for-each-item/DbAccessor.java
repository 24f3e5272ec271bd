package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Sends each item and waits. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        items.forEach(item -> handle.createUpdate(
                        "INSERT INTO order_items (order_id, item_id, quantity) VALUES (:orderId, :id, :quantity)")
                .bind("orderId", orderId)
                .bindMethods(item)
                .execute());
    }
}
