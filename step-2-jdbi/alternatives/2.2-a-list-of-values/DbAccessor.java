package marketsvc;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/** All items as one list of bound values; useTransaction, and a name of one's own. */
class DbAccessor {
    int add(NewOrder order) {
        var stored = new AtomicInteger();
        jdbi.useTransaction(handle -> {
            stored.set(insertOrder(handle, order.customerId()));
            insertLines(handle, stored.get(), order.items());
        });
        courier.tellOf(stored.get());
        return stored.get();
    }

    public record Line(int orderId, int id, int quantity) {}

    private static void insertLines(Handle handle, int orderId, List<NewOrder.Item> items) {
        var lines = items.stream()
                .map(item -> new Line(orderId, item.id(), item.quantity()))
                .toList();
        var insert = "INSERT INTO order_items (order_id, item_id, quantity) VALUES <lines>";
        // 32,767 values are as many as a statement may have.
        for (var from = 0; from < lines.size(); from += 5000) {
            handle.createUpdate(insert)
                    .bindMethodsList(
                            "lines",
                            lines.subList(from, Math.min(lines.size(), from + 5000)),
                            List.of("orderId", "id", "quantity"))
                    .execute();
        }
    }
}
