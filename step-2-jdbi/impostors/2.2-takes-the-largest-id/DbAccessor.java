package marketsvc;

import org.jdbi.v3.core.Handle;

/** Takes the largest id for the one that was generated. */
class DbAccessor {
    private static int insertOrder(Handle handle, int customerId) {
        handle.createUpdate("INSERT INTO orders (customer_id, order_time) VALUES (:customerId, LOCALTIMESTAMP)")
                .bind("customerId", customerId)
                .execute();
        return handle.createQuery("SELECT MAX(id) FROM orders")
                .mapTo(Integer.class)
                .one();
    }
}
