package marketsvc;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/** Binds both, each in the place of the other: no order is ever between them. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN ? AND ?
                 ORDER BY orders.order_time, orders.id
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, before);
            statement.setObject(2, after);
            return orders(connection, statement);
        }
    }
}
