package marketsvc;

import java.sql.SQLException;

/** The transaction by hand, on the connection that Jdbi has opened. */
class DbAccessor {
    int add(NewOrder order) throws Exception {
        return jdbi.<Integer, Exception>withHandle(handle -> {
            try {
                handle.getConnection().setAutoCommit(false);
                var orderId = insertOrder(handle, order.customerId());
                insertItems(handle, orderId, order.items());
                courier.tellOf(orderId);
                handle.getConnection().commit();
                return orderId;
            } catch (RuntimeException | SQLException e) {
                handle.getConnection().rollback();
                throw e;
            } finally {
                handle.getConnection().setAutoCommit(true);
            }
        });
    }
}
