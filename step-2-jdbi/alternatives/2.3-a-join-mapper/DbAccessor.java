package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jdbi.v3.core.mapper.JoinRow;
import org.jdbi.v3.core.mapper.JoinRowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** A join mapper reads each row as three objects. */
class DbAccessor {
    public record Head(Integer orderId, LocalDateTime orderTime) {}

    List<Order> ordersOf(int customerId) {
        var sql = """
                SELECT customer.name, orders.id AS order_id, orders.order_time, item.id AS item_id,
                       item.name AS i_name, item.description AS i_description, item.price AS i_price, order_items.quantity AS i_quantity,
                       item.price * order_items.quantity AS i_total
                  FROM customer
                  LEFT JOIN orders ON orders.customer_id = customer.id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE customer.id = :customerId
                 ORDER BY orders.id, item.id
                """;
        return jdbi.withHandle(handle -> {
            handle.registerRowMapper(ConstructorMapper.factory(Order.Buyer.class));
            handle.registerRowMapper(ConstructorMapper.factory(Head.class));
            handle.registerRowMapper(ConstructorMapper.factory(OrderLine.class, "i_"));
            handle.registerRowMapper(JoinRowMapper.forTypes(Order.Buyer.class, Head.class, OrderLine.class));
            var orders = new LinkedHashMap<Integer, Order>();
            var rows = handle.createQuery(sql)
                    .bind("customerId", customerId)
                    .mapTo(JoinRow.class)
                    .list();
            if (rows.isEmpty()) {
                throw new UnknownIdException("customer", customerId);
            }
            for (var row : rows) {
                var head = row.get(Head.class);
                if (head.orderId() != null) {
                    var order = orders.computeIfAbsent(
                            head.orderId(),
                            id -> new Order(id, row.get(Order.Buyer.class), head.orderTime(), new ArrayList<>()));
                    if (row.get(OrderLine.class).name() != null) {
                        order.items().add(row.get(OrderLine.class));
                    }
                }
            }
            return List.copyOf(orders.values());
        });
    }
}
