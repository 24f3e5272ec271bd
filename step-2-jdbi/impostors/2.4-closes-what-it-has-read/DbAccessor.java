package marketsvc;

import java.time.LocalDateTime;
import java.util.List;

/** Closes the handle when the orders have been read: a query that fails keeps it. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        var handle = jdbi.open();
        var orders = handle.attach(OrderQueries.class).ordersBetween(after, before);
        handle.close();
        return orders;
    }
}
