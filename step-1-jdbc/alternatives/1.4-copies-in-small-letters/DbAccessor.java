package marketsvc;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;

/** All items as one COPY, which is written in small letters. */
class DbAccessor {
    private static void insertItems(Connection connection, int orderId, List<NewOrder.Item> items) throws SQLException {
        var rows = items.stream()
                .map(item -> "%d\t%d\t%d\n".formatted(orderId, item.id(), item.quantity()))
                .collect(joining());
        var sql = "copy order_items (order_id, item_id, quantity) from stdin";
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(rows));
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }
}
