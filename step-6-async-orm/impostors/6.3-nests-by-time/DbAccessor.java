package marketsvc;

import java.util.ArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes orders of the same moment for one. */
class DbAccessor {
    private static Flux<Order> nested(Flux<Joined> rows) {
        return Flux.defer(() -> {
            var lines = new ArrayList<Joined>();
            var whole = rows.<Order>handle((row, orders) -> {
                if (!lines.isEmpty() && !lines.getLast().orderTime().equals(row.orderTime())) {
                    orders.next(order(lines));
                    lines.clear();
                }
                lines.add(row);
            });
            return whole.concatWith(Mono.fromSupplier(() -> lines.isEmpty() ? null : order(lines)));
        });
    }
}
