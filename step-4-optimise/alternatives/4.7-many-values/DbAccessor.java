package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** One statement with a place for each value. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        for (var from = 0; from < items.size(); from += 1000) {
            var thousand = items.subList(from, Math.min(from + 1000, items.size()));
            handle.createUpdate("INSERT INTO order_items (item_id, quantity, order_id) VALUES <values>")
                    .bindMethodsList("values", rows(thousand, orderId), List.of("id", "quantity", "orderId"))
                    .execute();
        }
    }

    /** A line to be stored. */
    public record Row(int id, int quantity, int orderId) {}

    private static List<Row> rows(List<NewOrder.Item> items, int orderId) {
        return items.stream()
                .map(item -> new Row(item.id(), item.quantity(), orderId))
                .toList();
    }
}
