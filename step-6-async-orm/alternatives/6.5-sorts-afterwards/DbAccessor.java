package marketsvc;

import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;

/** By its place in the request, which each task carries. */
class DbAccessor {
    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sums = Flux.fromIterable(orderIds)
                .index()
                .flatMap(asked -> sumOf(asked.getT2()).map(sum -> Map.entry(asked.getT1(), sum)), CONCURRENT_TOTALS)
                .collectSortedList(Map.Entry.comparingByKey())
                .timeout(deadline)
                .map(sorted -> sorted.stream().map(Map.Entry::getValue).toList())
                .block()
                .iterator();
        return orderIds.stream()
                .map(orderId -> new OrderTotal(
                        orderId, sums.next().orElseThrow(() -> new UnknownIdException("order", orderId))))
                .toList();
    }
}
