package marketsvc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.StructuredTaskScope;
import org.jdbi.v3.core.Handle;

/** All tasks share a connection, which answers one after the other. */
class DbAccessor {
    /** A task for each order; the first failure, or the deadline, ends them all, here and on the server. */
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        var turns = new Semaphore(CONCURRENT_TOTALS);
        try (var handle = jdbi.open();
                var scope = StructuredTaskScope.open(
                Joiner.<Optional<BigDecimal>>allSuccessfulOrThrow(), config -> config.withTimeout(deadline))) {
            orderIds.forEach(orderId -> scope.fork(() -> sumOn(handle, orderId)));
            var sums = scope.join().map(Subtask::get).iterator();
            // An order that is missing is an answer, not a failure: in the order asked the first of them is named.
            return orderIds.stream()
                    .map(orderId -> new OrderTotal(
                            orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                    .toList();
        }
    }

    private Optional<BigDecimal> sumOn(Handle handle, int orderId) {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        return handle.createQuery(sql).bind("orderId", orderId).mapTo(BigDecimal.class).findOne();
    }
}
