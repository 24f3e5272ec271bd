package marketsvc;

import org.jdbi.v3.core.Handle;

/** Binds where it adds up, and pastes the id where it looks whether there is such an order. */
class DbAccessor {
    private static void requireOrder(Handle handle, int orderId) {
        handle.createQuery("SELECT id FROM orders WHERE id = " + orderId)
                .mapTo(Integer.class)
                .findOne()
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
