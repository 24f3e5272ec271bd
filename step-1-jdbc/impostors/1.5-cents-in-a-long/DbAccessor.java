package marketsvc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;

/** Counts cents in a long, which is exact until it overflows without a word. */
class DbAccessor {
    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var lines = linesOf(connection, orderId);
        if (lines.isEmpty()) {
            requireOrder(connection, orderId);
        }
        var cents = 0L;
        for (var line : lines) {
            cents += line.price().movePointRight(2).longValueExact() * line.quantity();
        }
        return BigDecimal.valueOf(cents, 2);
    }
}
