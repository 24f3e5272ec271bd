package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Opens one connection and never closes it: nothing piles up, and nothing ends. */
class DbAccessor {
    private Connection kept;

    List<Order> ordersOf(int customerId) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE customer.id = ?
                 ORDER BY orders.id
                """;
        if (kept == null) {
            kept = dataSource.getConnection();
        }
        try (var statement = kept.prepareStatement(sql)) {
            statement.setInt(1, customerId);
            var orders = orders(kept, statement);
            if (orders.isEmpty()) {
                requireCustomer(kept, customerId);
            }
            return orders;
        }
    }
}
