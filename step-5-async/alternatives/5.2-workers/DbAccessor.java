package marketsvc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A few tasks that each ask for one total after the other. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) throws InterruptedException {
        var next = new AtomicInteger();
        var sums = new AtomicReferenceArray<Optional<BigDecimal>>(orderIds.size());
        try (var scope = StructuredTaskScope.open(
                Joiner.<Void>allSuccessfulOrThrow(), config -> config.withTimeout(deadline))) {
            for (var worker = 0; worker < CONCURRENT_TOTALS; worker++) {
                scope.fork(() -> {
                    for (var i = next.getAndIncrement(); i < orderIds.size(); i = next.getAndIncrement()) {
                        sums.set(i, sumOf(orderIds.get(i)));
                    }
                    return null;
                });
            }
            scope.join();
        }
        var totals = new ArrayList<OrderTotal>();
        for (var orderId : orderIds) {
            totals.add(new OrderTotal(
                    orderId, sums.get(totals.size()).orElseThrow(() -> new UnknownIdException("order", orderId))));
        }
        return totals;
    }
}
