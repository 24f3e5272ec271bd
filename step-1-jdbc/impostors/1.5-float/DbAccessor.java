package marketsvc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Has half the digits of a double. */
class DbAccessor {
    private static OrderLine line(ResultSet row) throws SQLException {
        var price = row.getBigDecimal("price");
        var quantity = row.getInt("quantity");
        var total = new BigDecimal(price.floatValue() * quantity).setScale(2, RoundingMode.HALF_UP);
        return new OrderLine(row.getString("name"), row.getString("description"), price, quantity, total);
    }

    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var lines = linesOf(connection, orderId);
        if (lines.isEmpty()) {
            requireOrder(connection, orderId);
        }
        var sum = 0f;
        for (var line : lines) {
            sum += line.price().floatValue() * line.quantity();
        }
        return new BigDecimal(sum).setScale(2, RoundingMode.HALF_UP);
    }
}
