package marketsvc;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.LocalDateTime;
import java.util.List;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Two statements, the second another one for each number of orders, and none at all from 65,536 on. */
public interface OrderQueries {
    /** A line and whose it is. */
    record Line(int orderId, @Nested OrderLine line) {}

    @SqlQuery("""
            SELECT order_items.order_id, item.name, item.description, item.price, order_items.quantity,
                   item.price * order_items.quantity AS total
              FROM order_items
              JOIN item ON item.id = order_items.item_id
             WHERE order_items.order_id IN (<ids>)
             ORDER BY item.id
            """)
    @RegisterConstructorMapper(Line.class)
    List<Line> linesOfAll(@BindList List<Integer> ids);

    default List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) {
        var heads = headsBetween(after, before);
        if (heads.isEmpty()) {
            return List.of();
        }
        var lines = linesOfAll(heads.stream().map(Head::id).toList()).stream()
                .collect(groupingBy(Line::orderId, mapping(Line::line, toList())));
        return heads.stream()
                .map(head -> new Order(
                        head.id(), head.customer(), head.orderTime(), lines.getOrDefault(head.id(), List.of())))
                .toList();
    }
}
