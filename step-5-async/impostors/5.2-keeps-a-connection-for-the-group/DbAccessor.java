package marketsvc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;

/** The handle of before stays around the group, and each task borrows another: ten such requests wait for each other. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        return jdbi.<List<OrderTotal>, InterruptedException>withHandle(handle -> {
            var turns = new Semaphore(CONCURRENT_TOTALS);
            try (var scope = StructuredTaskScope.open(
                    Joiner.<Optional<BigDecimal>>allSuccessfulOrThrow(), config -> config.withTimeout(deadline))) {
                orderIds.forEach(orderId -> scope.fork(() -> inTurn(turns, orderId)));
                var sums = scope.join().map(Subtask::get).iterator();
                return orderIds.stream()
                        .map(orderId -> new OrderTotal(
                                orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                        .toList();
            }
        });
    }
}
