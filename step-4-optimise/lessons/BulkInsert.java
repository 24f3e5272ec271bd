// needs: orders=1000 counters
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** 100,000 order lines, inserted in six ways. */
class BulkInsert {
    static final int LINES = 100_000;
    static final String INSERT = "INSERT INTO order_items (order_id, item_id, quantity) VALUES (?, ?, ?)";
    static final int[] ORDERS = IntStream.range(0, LINES).map(n -> 1 + n / 100).toArray();
    static final int[] ITEMS = IntStream.range(0, LINES).map(n -> 1 + n % 100).toArray();

    public static void main(String[] args) throws Exception {
        System.out.printf("%-32s %10s %10s %8s%n", "", "statements", "rows", "time");
        measure("COPY", "", false, BulkInsert::copy);
        measure("one INSERT, two arrays (unnest)", "", false, BulkInsert::arrays);
        measure("a batch, rewritten by the driver", "&reWriteBatchedInserts=true", false, BulkInsert::batch);
        measure("a batch", "", false, BulkInsert::batch);
        measure("one by one, in a transaction", "", false, BulkInsert::oneByOne);
        measure("one by one, each committed", "", true, BulkInsert::oneByOne);
        System.out.println("Time is relative to the first way; a network's latency would come to each round trip.");
    }

    static void oneByOne(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            for (var n = 0; n < LINES; n++) {
                bind(statement, n);
                statement.executeUpdate();
            }
        }
    }

    static void batch(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            for (var n = 0; n < LINES; n++) {
                bind(statement, n);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static void bind(java.sql.PreparedStatement statement, int n) throws SQLException {
        statement.setInt(1, ORDERS[n]);
        statement.setInt(2, ITEMS[n]);
        statement.setInt(3, 1);
    }

    static void arrays(Connection connection) throws SQLException {
        var sql = "INSERT INTO order_items (order_id, item_id, quantity)"
                + " SELECT o, i, 1 FROM unnest(?, ?) AS line (o, i)";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setObject(1, ORDERS);
            statement.setObject(2, ITEMS);
            statement.executeUpdate();
        }
    }

    static void copy(Connection connection) throws SQLException, IOException {
        var lines = new StringBuilder();
        for (var n = 0; n < LINES; n++) {
            lines.append(ORDERS[n]).append('\t').append(ITEMS[n]).append("\t1\n");
        }
        var sql = "COPY order_items (order_id, item_id, quantity) FROM STDIN";
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(lines.toString()));
    }

    interface Way {
        void go(Connection connection) throws Exception;
    }

    static double yardstick;

    static void measure(String name, String option, boolean autocommit, Way way) throws Exception {
        var best = Long.MAX_VALUE;
        try (var connection = DriverManager.getConnection(System.getenv("MARKETDB_URL") + option)) {
            var counted = new long[2];
            for (var round = 0; round < 3; round++) {
                connection.setAutoCommit(true);
                try (var statement = connection.createStatement()) {
                    statement.execute("TRUNCATE order_items");
                }
                connection.setAutoCommit(autocommit);
                var before = counters(connection);
                var start = System.nanoTime();
                way.go(connection);
                best = Math.min(best, System.nanoTime() - start);
                counted = new long[] {counters(connection)[0] - before[0], counters(connection)[1] - before[1]};
            }
            yardstick = yardstick == 0 ? best : yardstick;
            System.out.printf(
                    Locale.ROOT, "%-32s %,10d %,10d %7.1fx%n", name, counted[0], counted[1], best / yardstick);
        }
    }

    /** What the server has counted of lines being stored: statements and rows. */
    static long[] counters(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                SELECT coalesce(sum(calls), 0), coalesce(sum(rows), 0)
                  FROM workshop.pg_stat_statements
                 WHERE userid = (SELECT oid FROM pg_roles WHERE rolname = current_user)
                   AND (query LIKE 'INSERT%' OR query LIKE 'COPY%')
                """)) {
            rows.next();
            return new long[] {rows.getLong(1), rows.getLong(2)};
        }
    }
}
