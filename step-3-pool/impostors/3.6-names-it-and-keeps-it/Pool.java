package marketsvc;

import java.sql.SQLException;

/** Has the leak reported and does not mend it. */
class Pool {
    boolean isUp() {
        try {
            return dataSource.getConnection().isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
