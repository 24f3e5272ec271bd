package marketsvc;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/** The lines as a file, into a table that is gone after the transaction, and from there where they belong. */
class DbAccessor {
    private static void insertItems(Handle handle, int orderId, List<NewOrder.Item> items) {
        handle.execute("CREATE TEMPORARY TABLE line (id integer, quantity integer) ON COMMIT DROP");
        var lines =
                items.stream().map(item -> item.id() + "\t" + item.quantity() + "\n").collect(Collectors.joining());
        try {
            handle.getConnection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY line (id, quantity) FROM STDIN", new StringReader(lines));
        } catch (SQLException e) {
            throw new org.jdbi.v3.core.statement.UnableToExecuteStatementException(e, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        handle.execute(
                "INSERT INTO order_items (order_id, item_id, quantity) SELECT ?, id, quantity FROM line", orderId);
    }
}
