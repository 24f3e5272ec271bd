package marketsvc;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/** Binds the first date and pastes the second. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN ? AND '%s'
                 ORDER BY orders.order_time, orders.id
                """
                .formatted(before);
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, after);
            return orders(connection, statement);
        }
    }
}
