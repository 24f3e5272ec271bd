package marketsvc;

import io.javalin.http.HttpResponseException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One statement stores the items, after one for each has asked whether it is there. */
class DbAccessor {
    /** One statement, however many items: the arrays travel as two values. */
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        for (var item : items) {
            handle.createQuery("SELECT id FROM item WHERE id = :id")
                    .bind("id", item.id())
                    .mapTo(Integer.class)
                    .findOne()
                    .orElseThrow(() -> new HttpResponseException(422, "There is no item %d.".formatted(item.id())));
        }
        var sql = """
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT :orderId, item.id, item.quantity
                  FROM unnest(:ids, :counts) AS item (id, quantity)
                """;
        handle.createUpdate(sql)
                .bind("orderId", orderId)
                .bind("ids", items.stream().mapToInt(NewOrder.Item::id).toArray())
                .bind("counts", items.stream().mapToInt(NewOrder.Item::quantity).toArray())
                .execute();
    }
}
