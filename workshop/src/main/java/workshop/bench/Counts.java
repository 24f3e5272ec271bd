package workshop.bench;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the embedded server has counted since its start, while it logs nothing.
 *
 * @param sessions that were opened, by whomever
 * @param statements of the services, BEGIN, COMMIT, SET and SHOW not among them
 */
record Counts(long sessions, long statements) {
    static Counts of(Connection admin) throws SQLException {
        var sql = """
                SELECT (SELECT sessions FROM pg_stat_database WHERE datname = current_database()),
                       (SELECT coalesce(sum(calls), 0)
                          FROM workshop.pg_stat_statements(false)
                         WHERE userid = 'market'::regrole)
                """;
        try (var statement = admin.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return new Counts(rows.getLong(1), rows.getLong(2));
        }
    }
}
