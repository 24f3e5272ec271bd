package marketsvc;

import java.sql.SQLException;
import java.util.List;

/** Escapes by hand: no text gets out of its quotes, but it is still part of the statement. */
class DbAccessor {
    List<Order> ordersBetween(String after, String before) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN '%s' AND '%s'
                 ORDER BY orders.order_time, orders.id
                """
                .formatted(safe(after), safe(before));
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            return orders(connection, statement);
        }
    }

    private static String safe(String text) {
        return text.replace("'", "''");
    }
}
