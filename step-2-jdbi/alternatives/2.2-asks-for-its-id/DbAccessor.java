package marketsvc;

import org.jdbi.v3.core.Handle;

/** Asks the session which id it was given last: another session's is none of its. */
class DbAccessor {
    private static int insertOrder(Handle handle, int customerId) {
        handle.createUpdate("INSERT INTO orders (customer_id, order_time) VALUES (:customerId, LOCALTIMESTAMP)")
                .bind("customerId", customerId)
                .execute();
        return handle.createQuery("SELECT currval(pg_get_serial_sequence('orders', 'id'))")
                .mapTo(Integer.class)
                .one();
    }
}
