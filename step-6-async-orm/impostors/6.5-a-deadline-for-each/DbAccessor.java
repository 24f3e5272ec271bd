package marketsvc;

import java.util.List;
import reactor.core.publisher.Flux;

/** As many deadlines as totals, one after the other. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .flatMapSequential(orderId -> sumOf(orderId).timeout(deadline), CONCURRENT_TOTALS)
                .collectList()
                .block()
                .iterator();
        return orderIds.stream()
                .map(orderId -> new OrderTotal(
                        orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                .toList();
    }
}
