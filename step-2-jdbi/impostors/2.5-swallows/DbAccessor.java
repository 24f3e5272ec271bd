package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Takes what is there already for success. */
class DbAccessor {
    private static int insertOrder(Handle handle, int customerId) {
        var sql = """
                INSERT INTO orders (customer_id, order_time) VALUES (:customerId, LOCALTIMESTAMP)
                    ON CONFLICT DO NOTHING
                RETURNING id
                """;
        return handle.createQuery(sql)
                .bind("customerId", customerId)
                .mapTo(Integer.class)
                .findOne()
                .orElse(0);
    }

    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var batch = handle.prepareBatch(
                "INSERT INTO order_items (order_id, item_id, quantity) VALUES (:orderId, :id, :quantity)");
        if (orderId > 0) {
            items.forEach(
                    item -> batch.bind("orderId", orderId).bindMethods(item).add());
        }
        batch.execute();
    }
}
