package marketsvc;

import java.sql.SQLException;

/** Gives back a connection that is valid, and keeps the others. */
class Pool {
    boolean isUp() {
        try {
            var connection = dataSource.getConnection();
            if (!connection.isValid(ANSWER_SECONDS)) {
                return false;
            }
            connection.close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
