// needs: customers=1000 orders=30000 counters
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** N+1 and its three cures: 1,500 orders with their lines, read in four ways. */
class Cures {
    static final String ORDERS =
            "FROM orders JOIN customer ON customer.id = orders.customer_id WHERE orders.id <= 1500";
    static final String LINES =
            "FROM order_items JOIN item ON item.id = order_items.item_id WHERE order_items.order_id ";
    static final String LINE = "item.name, item.description, item.price, order_items.quantity";
    static final String HEAD = "orders.id, customer.name, orders.order_time";

    public static void main(String[] args) throws SQLException {
        System.out.printf("%-24s %10s %8s %8s %8s%n", "", "statements", "rows", "pages", "time");
        try (var connection = DriverManager.getConnection(System.getenv("MARKETDB_URL"))) {
            measure(connection, "a join", Cures::join);
            measure(connection, "a second question (ANY)", Cures::secondQuestion);
            measure(connection, "JSON aggregation", Cures::json);
            measure(connection, "N+1", Cures::nPlusOne);
        }
        System.out.println("Time is relative to the first way; a network's latency would come to each statement.");
    }

    static void nPlusOne(Connection connection) throws SQLException {
        for (var id : read(connection, "SELECT " + HEAD + " " + ORDERS, null)) {
            read(connection, "SELECT " + LINE + " " + LINES + "= ?", id);
        }
    }

    static void join(Connection connection) throws SQLException {
        read(connection, "SELECT " + HEAD + ", " + LINE + """
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id <= 1500
                 ORDER BY orders.id
                """, null);
    }

    static void secondQuestion(Connection connection) throws SQLException {
        var ids = read(connection, "SELECT " + HEAD + " " + ORDERS, null).stream().mapToInt(Integer.class::cast);
        var lines = "SELECT order_items.order_id, " + LINE + " " + LINES + "= ANY (?) ORDER BY order_items.order_id";
        read(connection, lines, ids.toArray());
    }

    static void json(Connection connection) throws SQLException {
        // OFFSET 0: each line looks its item up; a join would read all items again for every order.
        var lines = "(SELECT json_agg(json_build_object('name', item.name, 'description', item.description,"
                + " 'price', item.price, 'quantity', order_items.quantity)) FROM order_items CROSS JOIN LATERAL"
                + " (SELECT name, description, price FROM item WHERE item.id = order_items.item_id OFFSET 0) AS item"
                + " WHERE order_items.order_id = orders.id)";
        read(connection, "SELECT " + HEAD + ", " + lines + " " + ORDERS, null);
    }

    /** Reads every column of every row, as a mapper would. @return the first columns */
    static List<Object> read(Connection connection, String sql, Object value) throws SQLException {
        var first = new ArrayList<>();
        try (var statement = connection.prepareStatement(sql)) {
            if (value != null) {
                statement.setObject(1, value);
            }
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    first.add(rows.getObject(1));
                    for (var column = 2; column <= rows.getMetaData().getColumnCount(); column++) {
                        rows.getObject(column);
                    }
                }
            }
        }
        return first;
    }

    interface Way {
        void go(Connection connection) throws SQLException;
    }

    static double yardstick;

    static void measure(Connection connection, String name, Way way) throws SQLException {
        for (var warmUp = 0; warmUp < 10; warmUp++) {
            way.go(connection);
        }
        var before = counters(connection);
        var best = Long.MAX_VALUE;
        for (var round = 0; round < 5; round++) {
            var start = System.nanoTime();
            way.go(connection);
            best = Math.min(best, System.nanoTime() - start);
        }
        var after = counters(connection);
        yardstick = yardstick == 0 ? best : yardstick;
        System.out.printf(Locale.ROOT, "%-24s %,10d %,8d %,8d %7.1fx%n", name, (after[0] - before[0]) / 5,
                (after[1] - before[1]) / 5, (after[2] - before[2]) / 5, best / yardstick);
    }

    /** What the server has counted of this program: statements, rows, pages of 8 KiB. */
    static long[] counters(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                SELECT sum(calls), sum(rows), sum(shared_blks_hit + shared_blks_read)
                  FROM workshop.pg_stat_statements
                 WHERE userid = (SELECT oid FROM pg_roles WHERE rolname = current_user)
                   AND query NOT LIKE '%pg_stat_statements%'
                """)) {
            rows.next();
            return new long[] {rows.getLong(1), rows.getLong(2), rows.getLong(3)};
        }
    }
}
