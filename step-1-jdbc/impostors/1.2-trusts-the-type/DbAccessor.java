package marketsvc;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/** A parsed date cannot hold an attack, so it is pasted in: safe today, a new statement for every pair of dates, and the next column is a text. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN '%s' AND '%s'
                 ORDER BY orders.order_time, orders.id
                """
                .formatted(after, before);
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return orders(connection, statement);
        }
    }
}
