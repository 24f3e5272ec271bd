package marketsvc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;

/** An order that is asked for twice is added up once. */
class DbAccessor {
    /** A task for each order; the first failure, or the deadline, ends them all, here and on the server. */
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        var turns = new Semaphore(CONCURRENT_TOTALS);
        try (var scope = StructuredTaskScope.open(
                Joiner.<Optional<BigDecimal>>allSuccessfulOrThrow(), config -> config.withTimeout(deadline))) {
            var different = orderIds.stream().distinct().toList();
            different.forEach(orderId -> scope.fork(() -> inTurn(turns, orderId)));
            var found = scope.join().map(Subtask::get).toList();
            // An order that is missing is an answer, not a failure: in the order asked the first of them is named.
            return orderIds.stream()
                    .map(orderId -> new OrderTotal(
                            orderId, found.get(different.indexOf(orderId)).orElseThrow(() -> new UnknownIdException("order", orderId))))
                    .toList();
        }
    }
}
