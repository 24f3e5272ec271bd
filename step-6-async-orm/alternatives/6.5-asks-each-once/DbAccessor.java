package marketsvc;

import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/** An order that is asked for twice is added up once. */
class DbAccessor {
    /** A group that ends together; flatMapSequential would never cancel a task that it starts as another fails. */
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .distinct()
                .flatMap(orderId -> sumOf(orderId).map(sum -> Map.entry(orderId, sum)), CONCURRENT_TOTALS)
                .collectMap(Map.Entry::getKey, Map.Entry::getValue)
                .timeout(deadline)
                .block();
        // An order that is missing is an answer, not a failure: in the order asked the first of them is named.
        return orderIds.stream()
                .map(orderId -> new OrderTotal(
                        orderId, sums.get(orderId).orElseThrow(() -> new UnknownIdException("order", orderId))))
                .toList();
    }
}
