package marketsvc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Maps by RowView and a registered mapper, and lets the database add up. */
class DbAccessor {
    List<Customer> customers() {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 ORDER BY customer.id
                """;
        try (var handle = jdbi.open()) {
            return handle.registerRowMapper(ConstructorMapper.factory(Address.class))
                    .createQuery(sql)
                    .map(row -> new Customer(
                            row.getColumn("id", Integer.class),
                            row.getColumn("name", String.class),
                            row.getColumn("email", String.class),
                            row.getRow(Address.class)))
                    .list();
        }
    }

    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        return jdbi.withHandle(handle -> {
            var totals = new ArrayList<OrderTotal>();
            for (int orderId : orderIds) {
                totals.add(totalOf(handle, orderId));
            }
            return totals;
        });
    }

    private static OrderTotal totalOf(Handle handle, int orderId) {
        return handle.select("""
                        SELECT COALESCE(SUM(item.price * order_items.quantity), 0.00)
                          FROM orders
                          LEFT JOIN order_items ON order_items.order_id = orders.id
                          LEFT JOIN item ON item.id = order_items.item_id
                         WHERE orders.id = ?
                         GROUP BY orders.id
                        """, orderId)
                .mapTo(BigDecimal.class)
                .findOne()
                .map(total -> new OrderTotal(orderId, total))
                .orElseThrow(() -> new UnknownIdException("order", orderId));
    }
}
