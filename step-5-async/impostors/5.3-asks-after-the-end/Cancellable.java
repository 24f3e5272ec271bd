package marketsvc;

import java.sql.SQLException;
import org.jdbi.v3.core.statement.Query;
import org.postgresql.PGConnection;

/** Asks without a lock: while the request is under way the query ends, and somebody else has its connection. */
class Cancellable<T> {
    private boolean requestCancel() {
        Query query;
        synchronized (this) {
            abandoned = true;
            query = running;
        }
        if (query == null) {
            return false;
        }
        try {
            query.getContext().getConnection().unwrap(PGConnection.class).cancelQuery();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
