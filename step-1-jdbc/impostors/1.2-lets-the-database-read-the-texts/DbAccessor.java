package marketsvc;

import java.sql.SQLException;
import java.util.List;

/** Binds the texts as they came: what PostgreSQL takes for a time, such as now or infinity, is a date then. */
class DbAccessor {
    List<Order> ordersBetween(String after, String before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN CAST(? AS TIMESTAMP) AND CAST(? AS TIMESTAMP)
                 ORDER BY orders.order_time, orders.id
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, after);
            statement.setString(2, before);
            return orders(connection, statement);
        }
    }
}
