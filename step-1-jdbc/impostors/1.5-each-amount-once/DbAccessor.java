package marketsvc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** Of two lines that cost the same it knows one. */
class DbAccessor {
    private static BigDecimal sumOf(Connection connection, int orderId) throws SQLException {
        var lines = linesOf(connection, orderId);
        if (lines.isEmpty()) {
            requireOrder(connection, orderId);
        }
        var totals = lines.stream().map(OrderLine::total).collect(Collectors.toSet());
        return totals.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
    }
}
