package marketsvc;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Groups the rows into a HashMap, which forgets the order of the orders. */
class DbAccessor {
    public record Row(
            String customerName,
            Integer orderId,
            LocalDateTime orderTime,
            Integer itemId,
            String name,
            String description,
            BigDecimal price,
            int quantity,
            BigDecimal total) {
        private OrderLine line() {
            return new OrderLine(name, description, price, quantity, total);
        }
    }

    List<Order> ordersOf(int customerId) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time, item.id AS item_id,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM customer
                  LEFT JOIN orders ON orders.customer_id = customer.id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE customer.id = :customerId
                 ORDER BY orders.id, item.id
                """;
        var rows = jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("customerId", customerId)
                .map(ConstructorMapper.of(Row.class))
                .list());
        if (rows.isEmpty()) {
            throw new UnknownIdException("customer", customerId);
        }
        return rows.stream()
                .filter(row -> row.orderId() != null)
                .collect(Collectors.groupingBy(Row::orderId))
                .values()
                .stream()
                .map(lines -> new Order(
                        lines.getFirst().orderId(),
                        new Order.Buyer(lines.getFirst().customerName()),
                        lines.getFirst().orderTime(),
                        lines.stream()
                                .filter(row -> row.itemId() != null)
                                .map(Row::line)
                                .toList()))
                .toList();
    }
}
