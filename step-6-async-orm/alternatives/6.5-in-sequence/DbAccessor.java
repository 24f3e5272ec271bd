package marketsvc;

import java.util.List;
import reactor.core.publisher.Flux;

/** By the operator that keeps the order itself. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .flatMapSequential(this::sumOf, CONCURRENT_TOTALS)
                .collectList()
                .timeout(deadline)
                .block()
                .iterator();
        return orderIds.stream()
                .map(orderId -> new OrderTotal(
                        orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                .toList();
    }
}
