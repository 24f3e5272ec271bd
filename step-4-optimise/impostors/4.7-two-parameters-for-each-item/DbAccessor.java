package marketsvc;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** One statement, its values apart from it; a statement takes 65,535 at most. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        var values = IntStream.range(0, items.size())
                .mapToObj(i -> "(:id%1$d, :count%1$d)".formatted(i))
                .collect(Collectors.joining(", "));
        var insert = handle.createUpdate("INSERT INTO order_items (order_id, item_id, quantity) SELECT :orderId, v.* FROM (VALUES "
                + values + ") AS v");
        insert.bind("orderId", orderId);
        for (var i = 0; i < items.size(); i++) {
            insert.bind("id" + i, items.get(i).id());
            insert.bind("count" + i, items.get(i).quantity());
        }
        insert.execute();
    }
}
