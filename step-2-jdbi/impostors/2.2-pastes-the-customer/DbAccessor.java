package marketsvc;

import org.jdbi.v3.core.Handle;

/** Binds the items, and writes the customer into the text of the order's insert. */
class DbAccessor {
    private static int insertOrder(Handle handle, int customerId) {
        var sql = "INSERT INTO orders (customer_id, order_time) VALUES (%d, LOCALTIMESTAMP) RETURNING id";
        return handle.createQuery(sql.formatted(customerId)).mapTo(Integer.class).one();
    }
}
