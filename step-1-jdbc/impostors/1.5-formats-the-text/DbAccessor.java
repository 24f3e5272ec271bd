package marketsvc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Prints the double with two decimals and reads it back. */
class DbAccessor {
    private static OrderLine line(ResultSet row) throws SQLException {
        var price = row.getBigDecimal("price");
        var quantity = row.getInt("quantity");
        var total = new BigDecimal(String.format(Locale.ROOT, "%.2f", price.doubleValue() * quantity));
        return new OrderLine(row.getString("name"), row.getString("description"), price, quantity, total);
    }

    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var lines = linesOf(connection, orderId);
        if (lines.isEmpty()) {
            requireOrder(connection, orderId);
        }
        var sum = 0.0;
        for (var line : lines) {
            sum += line.total().doubleValue();
        }
        return new BigDecimal(String.format(Locale.ROOT, "%.2f", sum));
    }
}
