package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** What is the same for all is taken once; the quantity is not the same. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var quantity = items.getFirst().quantity();
        var batch = handle.prepareBatch(
                "INSERT INTO order_items (order_id, item_id, quantity) VALUES (:orderId, :id, :quantity)");
        items.forEach(item -> batch.bind("orderId", orderId)
                .bind("id", item.id())
                .bind("quantity", quantity)
                .add());
        batch.execute();
    }
}
