package marketsvc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Adds with BigDecimal what double has multiplied. */
class DbAccessor {
    private static OrderLine line(ResultSet row) throws SQLException {
        var price = row.getBigDecimal("price");
        var quantity = row.getInt("quantity");
        var total = BigDecimal.valueOf(price.doubleValue() * quantity).setScale(2, RoundingMode.HALF_UP);
        return new OrderLine(row.getString("name"), row.getString("description"), price, quantity, total);
    }
}
