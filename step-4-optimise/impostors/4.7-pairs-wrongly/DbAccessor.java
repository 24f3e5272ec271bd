package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Two sorted arrays: the quantities belong to other items. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var sql = """
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT :orderId, item.id, item.quantity
                  FROM unnest(:ids, :quantities) AS item (id, quantity)
                """;
        handle.createUpdate(sql)
                .bind("orderId", orderId)
                .bind("ids", items.stream().mapToInt(NewOrder.Item::id).sorted().toArray())
                .bind("quantities", items.stream().mapToInt(NewOrder.Item::quantity).sorted().toArray())
                .execute();
    }
}
