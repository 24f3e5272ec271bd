package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The batch of the step before. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var batch = handle.prepareBatch(
                "INSERT INTO order_items (order_id, item_id, quantity) VALUES (:orderId, :id, :quantity)");
        items.forEach(item -> batch.bind("orderId", orderId).bindMethods(item).add());
        batch.execute();
    }
}
