package marketsvc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** A mapper class for customers, and one statement for all totals. */
class DbAccessor {
    private static final class CustomerMapper implements RowMapper<Customer> {
        @Override
        public Customer map(ResultSet row, StatementContext context) throws SQLException {
            var address = new Address(row.getInt("flat_number"), row.getInt("post_code"));
            return new Customer(row.getInt("id"), row.getString("name"), row.getString("email"), address);
        }
    }

    List<Customer> customers() {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 ORDER BY customer.id
                """;
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).map(new CustomerMapper()).list());
    }

    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        var sql = """
                SELECT orders.id, COALESCE(SUM(item.price * order_items.quantity), 0.00) AS total
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id IN (<ids>)
                 GROUP BY orders.id
                """;
        var totals = jdbi.withHandle(handle -> handle.createQuery(sql)
                .bindList("ids", orderIds)
                .setMapKeyColumn("id")
                .setMapValueColumn("total")
                .collectInto(new GenericType<Map<Integer, BigDecimal>>() {}));
        return orderIds.stream()
                .map(orderId -> {
                    if (!totals.containsKey(orderId)) {
                        throw new UnknownIdException("order", orderId);
                    }
                    return new OrderTotal(orderId, totals.get(orderId));
                })
                .toList();
    }
}
