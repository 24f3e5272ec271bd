package marketsvc;

import java.util.Objects;
import reactor.core.publisher.Flux;

/** Takes orders of the same moment for one. */
class DbAccessor {
    private static Flux<Order> nested(Flux<Joined> rows) {
        return rows.bufferUntilChanged(Joined::orderTime).map(lines -> {
            var first = lines.getFirst();
            var items = lines.stream().map(Joined::line).filter(Objects::nonNull).toList();
            return new Order(first.orderId(), new Order.Buyer(first.customerName()), first.orderTime(), items);
        });
    }
}
