package marketsvc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Starts the sum with a number without decimals, which an order without lines is answered with. */
class DbAccessor {
    private static OrderLine line(ResultSet row) throws SQLException {
        var price = row.getBigDecimal("price");
        var quantity = row.getInt("quantity");
        var total = price.multiply(BigDecimal.valueOf(quantity));
        return new OrderLine(row.getString("name"), row.getString("description"), price, quantity, total);
    }

    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var lines = linesOf(connection, orderId);
        if (lines.isEmpty()) {
            requireOrder(connection, orderId);
        }
        return lines.stream().map(OrderLine::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
