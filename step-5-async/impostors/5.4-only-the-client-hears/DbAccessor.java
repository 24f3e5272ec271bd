package marketsvc;

import io.javalin.http.GatewayTimeoutResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The client is let go, and the group works on. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        var asked = CompletableFuture.supplyAsync(() -> all(orderIds), Thread::startVirtualThread);
        try {
            return asked.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new GatewayTimeoutResponse("It took too long.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }

    /** A task for each order; the first failure ends them all. */
    private List<OrderTotal> all(List<Integer> orderIds) {
        var turns = new Semaphore(CONCURRENT_TOTALS);
        try (var scope = StructuredTaskScope.open(Joiner.<Optional<BigDecimal>>allSuccessfulOrThrow())) {
            orderIds.forEach(orderId -> scope.fork(() -> inTurn(turns, orderId)));
            var sums = scope.join().map(Subtask::get).iterator();
            // An order that is missing is an answer, not a failure: in the order asked the first of them is named.
            return orderIds.stream()
                    .map(orderId -> new OrderTotal(
                            orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                    .toList();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
