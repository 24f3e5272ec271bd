package marketsvc;

import java.time.LocalDateTime;
import java.util.List;

/** An object on demand opens a connection for each call: for the orders, and for the lines of each. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        var queries = jdbi.onDemand(OrderQueries.class);
        return queries.headsBetween(after, before).stream()
                .map(head -> new Order(head.id(), head.customer(), head.orderTime(), queries.linesOf(head.id())))
                .toList();
    }
}
