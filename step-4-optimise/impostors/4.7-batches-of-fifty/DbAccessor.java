package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Smaller batches, and still a statement for each item. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        for (var from = 0; from < items.size(); from += 50) {
            var batch = handle.prepareBatch(
                    "INSERT INTO order_items (order_id, item_id, quantity) VALUES (:orderId, :id, :quantity)");
            items.subList(from, Math.min(from + 50, items.size()))
                    .forEach(item -> batch.bind("orderId", orderId).bindMethods(item).add());
            batch.execute();
        }
    }
}
