package marketsvc;

import org.jdbi.v3.core.Handle;

/** Takes every failure of a question for a row that is not there. */
class DbAccessor {
    private static void requireOrder(Handle handle, int orderId) {
        try {
            handle.createQuery("SELECT id FROM orders WHERE id = :orderId")
                    .bind("orderId", orderId)
                    .mapTo(Integer.class)
                    .one();
        } catch (RuntimeException e) {
            throw new UnknownIdException("order", orderId);
        }
    }
}
