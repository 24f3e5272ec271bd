package marketsvc;

import java.time.LocalDateTime;
import java.util.List;

/** An object on demand, whose default method is one call, and so one connection. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        return jdbi.onDemand(OrderQueries.class).ordersBetween(after, before);
    }
}
