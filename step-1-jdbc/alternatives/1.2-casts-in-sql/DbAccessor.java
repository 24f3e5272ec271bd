package marketsvc;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

/** Binds the texts and lets PostgreSQL read the dates. */
class DbAccessor {
    List<Order> ordersBetween(LocalDateTime after, LocalDateTime before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN ?::TIMESTAMP AND CAST(? AS TIMESTAMP)
                 ORDER BY orders.order_time, orders.id
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, after.toString());
            statement.setString(2, before.toString());
            return orders(connection, statement);
        }
    }
}
