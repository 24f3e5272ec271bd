package marketsvc;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Opens a connection of its own for each call of /health. */
class Pool {
    boolean isUp() {
        try (var connection = DriverManager.getConnection(dataSource.getJdbcUrl())) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
