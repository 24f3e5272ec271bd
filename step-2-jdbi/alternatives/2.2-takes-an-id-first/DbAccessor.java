package marketsvc;

import org.jdbi.v3.core.Handle;

/** Takes an id from the sequence, and stores the order under it. */
class DbAccessor {
    private static int insertOrder(Handle handle, int customerId) {
        var id = handle.createQuery("SELECT nextval(pg_get_serial_sequence('orders', 'id'))")
                .mapTo(Integer.class)
                .one();
        handle.createUpdate("""
                INSERT INTO orders (id, customer_id, order_time) OVERRIDING SYSTEM VALUE
                VALUES (:id, :customerId, LOCALTIMESTAMP)
                """).bind("id", id).bind("customerId", customerId).execute();
        return id;
    }
}
