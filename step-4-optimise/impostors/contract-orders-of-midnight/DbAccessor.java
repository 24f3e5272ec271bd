package marketsvc;

import org.jdbi.v3.core.Handle;

/** All orders of a day are of the same moment. */
class DbAccessor {
    private static int insertOrder(Handle handle, int customerId) {
        var sql = "INSERT INTO orders (customer_id, order_time) VALUES (:customerId, CURRENT_DATE) RETURNING id";
        return handle.createQuery(sql)
                .bind("customerId", customerId)
                .mapTo(Integer.class)
                .one();
    }
}
