// needs: customers=200000 counters
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/** A page of 20 customers among 200,000, found by position (OFFSET) and by key. */
class Pages {
    static final String PAGE = """
            SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
              FROM customer
              JOIN address ON address.id = customer.address_id
            """;
    static final String BY_POSITION = PAGE + " ORDER BY customer.id LIMIT 20 OFFSET ?";
    static final String BY_KEY = PAGE + " WHERE customer.id > ? ORDER BY customer.id LIMIT 20";

    public static void main(String[] args) throws SQLException {
        System.out.printf("%-24s %16s %16s%n", "8 KiB pages read, time", "OFFSET", "key");
        try (var connection = DriverManager.getConnection(System.getenv("MARKETDB_URL"))) {
            for (var position : new int[] {0, 1_000, 10_000, 199_980}) {
                // The ids have no gaps here, so that position and key name the same page.
                System.out.printf("after %,-18d %16s %16s%n", position,
                        measure(connection, BY_POSITION, position), measure(connection, BY_KEY, position));
            }
        }
        System.out.println("Time is relative to the first figure.");
    }

    static double yardstick;

    static String measure(Connection connection, String sql, int after) throws SQLException {
        for (var warmUp = 0; warmUp < 12; warmUp++) {
            read(connection, sql, after);
        }
        var before = pages(connection);
        var best = Long.MAX_VALUE;
        for (var round = 0; round < 10; round++) {
            var start = System.nanoTime();
            read(connection, sql, after);
            best = Math.min(best, System.nanoTime() - start);
        }
        yardstick = yardstick == 0 ? best : yardstick;
        return String.format(Locale.ROOT, "%,d  %.1fx", (pages(connection) - before) / 10, best / yardstick);
    }

    static void read(Connection connection, String sql, int after) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, after);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    rows.getString("name");
                }
            }
        }
    }

    /** What the server has counted of this program. */
    static long pages(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                SELECT coalesce(sum(shared_blks_hit + shared_blks_read), 0)
                  FROM workshop.pg_stat_statements
                 WHERE userid = (SELECT oid FROM pg_roles WHERE rolname = current_user)
                   AND query NOT LIKE '%pg_stat_statements%'
                """)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
