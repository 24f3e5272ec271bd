package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.LoggerFactory;

/** Gives back in a finally. */
class Pool {
    boolean isUp() {
        Connection connection = null;
        try {
            connection = dataSource.getConnection();
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        } finally {
            giveBack(connection);
        }
    }

    private static void giveBack(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LoggerFactory.getLogger(Pool.class).warn("{}", e.getMessage());
        }
    }
}
