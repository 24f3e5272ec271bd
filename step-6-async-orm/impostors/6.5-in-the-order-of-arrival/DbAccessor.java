package marketsvc;

import java.util.List;
import reactor.core.publisher.Flux;

/** Who is first is first, whoever was asked for first. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .flatMap(this::sumOf, CONCURRENT_TOTALS)
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
