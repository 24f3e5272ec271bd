package workshop.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;

/** The data that all variants meet: the same at the start of each turn, whatever the one before left behind. */
final class Market implements AutoCloseable {
    /** Customers who have orders, ten each on average; the sample data's three have some besides. */
    static final int BUYERS = 10_000;

    static final int ORDERS = 100_000;
    private static final int SAMPLE_ORDERS = 3;
    static final long SEED = 1;

    private final MarketDb db;
    private final Connection connection;

    /** @param customers in all, but for the sample data's */
    Market(MarketDb db, int customers) {
        this.db = db;
        db.generate(BUYERS, ORDERS, SEED);
        db.generate(customers - BUYERS, 0, SEED + 1);
        try {
            this.connection = db.admin();
            giveEachOrderLines();
            tidy();
            if (db.isEmbedded()) {
                countNoUtilities();
            }
        } catch (SQLException e) {
            throw db.unreachable(e);
        }
    }

    private interface Work {
        void on(Statement statement) throws SQLException;
    }

    private void execute(Work work) {
        try (var statement = connection.createStatement()) {
            work.on(statement);
        } catch (SQLException e) {
            throw db.unreachable(e);
        }
    }

    /** So that each total is one statement for every step, and waits when it is slow. */
    private void giveEachOrderLines() {
        execute(statement -> statement.execute("""
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT id, 1, 1
                  FROM orders
                 WHERE NOT EXISTS (SELECT FROM order_items WHERE order_id = orders.id)
                """));
    }

    /**
     * BEGIN, COMMIT, SET, SHOW and their like: a COMMIT that pgjdbc has prepared is counted once for each connection, another
     * driver's each time.
     */
    private void countNoUtilities() {
        execute(statement -> statement.execute("ALTER ROLE market SET pg_stat_statements.track_utility = off"));
    }

    /** Without it the first to read a page would pay for those who wrote it. */
    private void tidy() {
        execute(statement -> statement.execute("VACUUM ANALYZE item, address, customer, orders, order_items"));
    }

    /**
     * Drops the indexes that the stage before has added to the schema, but for one that all of them have here: step 6 brings it,
     * for deleting customers, and would win by an index what it did not win by its driver.
     */
    void restoreSchema() {
        var sql = """
                SELECT indexrelid::regclass::text
                  FROM pg_index
                  JOIN pg_class ON pg_class.oid = indrelid
                 WHERE relnamespace = 'public'::regnamespace
                   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
                """;
        execute(statement -> {
            var indexes = new ArrayList<String>();
            try (var rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    indexes.add(rows.getString(1));
                }
            }
            for (var index : indexes) {
                statement.execute("DROP INDEX " + index);
            }
            statement.execute("CREATE INDEX orders_by_customer ON orders (customer_id)");
        });
    }

    /** Deletes the orders that were added. */
    void restoreOrders() {
        var last = ORDERS + SAMPLE_ORDERS;
        execute(statement -> statement.execute("DELETE FROM order_items WHERE order_id > " + last));
        execute(statement -> statement.execute("DELETE FROM orders WHERE id > " + last));
        tidy();
    }

    /**
     * Lets each query that finds an order's lines wait 20 ms in the database, without a word to the service: a policy of
     * row-level security whose condition, as it depends on no row, is evaluated once for each statement.
     */
    void slowDown() {
        execute(statement -> {
            statement.execute("CREATE POLICY slow ON order_items USING ((SELECT pg_sleep(0.02) IS NOT NULL))");
            statement.execute("ALTER TABLE order_items ENABLE ROW LEVEL SECURITY");
            statement.execute("ALTER TABLE order_items FORCE ROW LEVEL SECURITY");
        });
    }

    /** @throws WorkshopException when {@link #slowDown} would slow nobody down: policies do not hold for a superuser */
    void requirePolicies() {
        if (db.isEmbedded()) {
            return; // our own connection is a superuser's there, the services' are not
        }
        execute(statement -> {
            try (var rows = statement.executeQuery(
                    "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")) {
                rows.next();
                if (rows.getBoolean(1)) {
                    throw new WorkshopException(
                            "The user in MARKETDB_URL is a superuser, whom the database cannot slow down: leave slow out (--workloads), or unset MARKETDB_URL.");
                }
            }
        });
    }

    void speedUp() {
        execute(statement -> {
            statement.execute("DROP POLICY IF EXISTS slow ON order_items");
            statement.execute("ALTER TABLE order_items NO FORCE ROW LEVEL SECURITY");
            statement.execute("ALTER TABLE order_items DISABLE ROW LEVEL SECURITY");
        });
    }

    Counts counts() {
        try {
            return Counts.of(connection);
        } catch (SQLException e) {
            throw db.unreachable(e);
        }
    }

    MarketDb db() {
        return db;
    }

    String version() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW server_version")) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw db.unreachable(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
