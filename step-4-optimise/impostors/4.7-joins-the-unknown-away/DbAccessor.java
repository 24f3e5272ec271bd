package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** An item that does not exist finds no partner in the join, and nobody hears of it. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var sql = """
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT :orderId, item.id, wanted.quantity
                  FROM unnest(:ids, :quantities) AS wanted (id, quantity)
                  JOIN item ON item.id = wanted.id
                """;
        handle.createUpdate(sql)
                .bind("orderId", orderId)
                .bind("ids", items.stream().mapToInt(NewOrder.Item::id).toArray())
                .bind("quantities", items.stream().mapToInt(NewOrder.Item::quantity).toArray())
                .execute();
    }
}
