package marketsvc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Each task has the deadline for itself. */
class DbAccessor {
    /** A task for each order; the first failure ends them all. */
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        var turns = new Semaphore(CONCURRENT_TOTALS);
        try (var alarm = new ScheduledThreadPoolExecutor(1);
                var scope = StructuredTaskScope.open(Joiner.<Optional<BigDecimal>>allSuccessfulOrThrow())) {
            orderIds.forEach(orderId -> scope.fork(() -> inTime(turns, orderId, alarm)));
            var sums = scope.join().map(Subtask::get).iterator();
            // An order that is missing is an answer, not a failure: in the order asked the first of them is named.
            return orderIds.stream()
                    .map(orderId -> new OrderTotal(
                            orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                    .toList();
        }
    }

    private Optional<BigDecimal> inTime(Semaphore turns, int orderId, ScheduledThreadPoolExecutor alarm)
            throws InterruptedException, TimeoutException {
        turns.acquire();
        var asking = Thread.currentThread();
        var late = alarm.schedule(asking::interrupt, deadline.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return sumOf(orderId);
        } catch (InterruptedException e) {
            throw new TimeoutException();
        } finally {
            late.cancel(false);
            turns.release();
        }
    }
}
