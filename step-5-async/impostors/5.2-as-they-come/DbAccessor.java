package marketsvc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope;

/** The fastest total is the first. */
class DbAccessor {
    /** A task for each order; the first failure, or the deadline, ends them all, here and on the server. */
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        var turns = new Semaphore(CONCURRENT_TOTALS);
        try (var scope = StructuredTaskScope.open(
                Joiner.<Optional<BigDecimal>>allSuccessfulOrThrow(), config -> config.withTimeout(deadline))) {
            var found = new LinkedBlockingQueue<OrderTotal>();
            for (var orderId : orderIds) {
                scope.fork(() -> {
                    var sum = inTurn(turns, orderId);
                    found.add(new OrderTotal(orderId, sum.orElseThrow(() -> new UnknownIdException("order", orderId))));
                    return sum;
                });
            }
            scope.join();
            return List.copyOf(found);
        }
    }
}
