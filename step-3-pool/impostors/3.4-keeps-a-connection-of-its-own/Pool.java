package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;

/** Asks for its health over a connection that it keeps for ever. */
class Pool {
    private Connection kept;

    synchronized boolean isUp() {
        try {
            if (kept == null) {
                kept = dataSource.getConnection();
            }
            return kept.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
