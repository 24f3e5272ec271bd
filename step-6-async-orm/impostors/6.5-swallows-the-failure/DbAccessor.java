package marketsvc;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** What fails costs nothing. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .flatMapSequential(
                        orderId -> sumOf(orderId).onErrorReturn(Optional.of(BigDecimal.ZERO.setScale(2))), CONCURRENT_TOTALS)
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
