package marketsvc;

import org.jdbi.v3.core.Handle;

/** The transaction by the handle's own methods, keys by the driver, items as two arrays. */
class DbAccessor {
    int add(NewOrder order) {
        try (var handle = jdbi.open()) {
            handle.begin();
            try {
                var orderId = store(handle, order);
                handle.commit();
                courier.tellOf(orderId);
                return orderId;
            } catch (RuntimeException e) {
                handle.rollback();
                throw e;
            }
        }
    }

    private static int store(Handle handle, NewOrder order) {
        int orderId = handle.createUpdate("INSERT INTO orders (customer_id, order_time) VALUES (?, LOCALTIMESTAMP)")
                .bind(0, order.customerId())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(int.class)
                .one();
        handle.createUpdate("""
                        INSERT INTO order_items (order_id, item_id, quantity)
                        SELECT :orderId, id, quantity FROM unnest(:ids, :quantities) AS item (id, quantity)
                        """)
                .bind("orderId", orderId)
                .bind("ids", order.items().stream().mapToInt(NewOrder.Item::id).toArray())
                .bind("quantities", order.items().stream().mapToInt(NewOrder.Item::quantity).toArray())
                .execute();
        return orderId;
    }
}
