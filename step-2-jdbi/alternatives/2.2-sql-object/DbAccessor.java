package marketsvc;

import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;

/** An interface whose methods are the inserts, and generated keys from the driver. */
class DbAccessor {
    public interface Inserts {
        @SqlUpdate("INSERT INTO orders (customer_id, order_time) VALUES (:customerId, LOCALTIMESTAMP)")
        @GetGeneratedKeys("id")
        int order(int customerId);

        @SqlBatch("INSERT INTO order_items (order_id, item_id, quantity) VALUES (:orderId, :id, :quantity)")
        void items(int orderId, @BindMethods Iterable<NewOrder.Item> items);

        @Transaction
        default int whole(NewOrder order) {
            var orderId = order(order.customerId());
            items(orderId, order.items());
            return orderId;
        }
    }

    int add(NewOrder order) {
        int orderId = jdbi.withExtension(Inserts.class, inserts -> inserts.whole(order));
        courier.tellOf(orderId);
        return orderId;
    }
}
