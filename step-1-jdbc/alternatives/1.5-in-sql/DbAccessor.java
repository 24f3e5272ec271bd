package marketsvc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;

/** Lets the database multiply and add its numeric. */
class DbAccessor {
    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var sql = """
                SELECT COALESCE(SUM(item.price * order_items.quantity), 0.00) AS total
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = ?
                 GROUP BY orders.id
                """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, orderId);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new UnknownIdException("order", orderId);
                }
                return rows.getBigDecimal("total");
            }
        }
    }
}
