package marketsvc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;

/** All requests share four turns: who is slow keeps everybody's totals waiting. */
class DbAccessor {
    private final Semaphore turns = new Semaphore(CONCURRENT_TOTALS);

    /** A task for each order; the first failure, or the deadline, ends them all, here and on the server. */
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        try (var scope = StructuredTaskScope.open(
                Joiner.<Optional<BigDecimal>>allSuccessfulOrThrow(), config -> config.withTimeout(deadline))) {
            orderIds.forEach(orderId -> scope.fork(() -> inTurn(turns, orderId)));
            var sums = scope.join().map(Subtask::get).iterator();
            // An order that is missing is an answer, not a failure: in the order asked the first of them is named.
            return orderIds.stream()
                    .map(orderId -> new OrderTotal(
                            orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                    .toList();
        }
    }
}
