package marketsvc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Adds in double and rounds the sum: right for pocket money. */
class DbAccessor {
    private static OrderLine line(ResultSet row) throws SQLException {
        var price = row.getBigDecimal("price");
        var quantity = row.getInt("quantity");
        var total = BigDecimal.valueOf(price.doubleValue() * quantity).setScale(2, RoundingMode.HALF_UP);
        return new OrderLine(row.getString("name"), row.getString("description"), price, quantity, total);
    }

    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var lines = linesOf(connection, orderId);
        if (lines.isEmpty()) {
            requireOrder(connection, orderId);
        }
        var sum = 0.0;
        for (var line : lines) {
            sum += line.price().doubleValue() * line.quantity();
        }
        return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP);
    }
}
