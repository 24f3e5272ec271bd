package marketsvc;

import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Four threads for all requests: who is slow keeps everybody's totals waiting. */
class DbAccessor {
    private final Scheduler turns = Schedulers.newBoundedElastic(CONCURRENT_TOTALS, 100_000, "totals");

    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .flatMap(
                        orderId -> Mono.fromCallable(() -> Map.entry(orderId, sumOf(orderId).block()))
                                .subscribeOn(turns),
                        1000)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(deadline)
                .block();
        return orderIds.stream()
                .map(orderId -> new OrderTotal(
                        orderId, sums.get(orderId).orElseThrow(() -> new UnknownIdException("order", orderId))))
                .toList();
    }
}
