package marketsvc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A pool of four threads for each request, which nobody shuts down. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        var tasks = Executors.newFixedThreadPool(CONCURRENT_TOTALS);
        var asked = new ArrayList<Future<Optional<BigDecimal>>>();
        for (var orderId : orderIds) {
            asked.add(tasks.submit(() -> sumOf(orderId)));
        }
        var totals = new ArrayList<OrderTotal>();
        for (var sum : asked) {
            var orderId = orderIds.get(totals.size());
            try {
                totals.add(new OrderTotal(
                        orderId, sum.get().orElseThrow(() -> new UnknownIdException("order", orderId))));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        return totals;
    }
}
