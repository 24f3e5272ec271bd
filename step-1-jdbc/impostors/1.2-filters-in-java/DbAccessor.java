package marketsvc;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/** Needs no values, because it fetches every order there is. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 ORDER BY orders.order_time, orders.id
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return orders(connection, statement).stream()
                    .filter(order -> !order.orderTime().isBefore(after) && !order.orderTime().isAfter(before))
                    .toList();
        }
    }
}
