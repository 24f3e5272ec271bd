package workshop.bench;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;

/** How many totals a second the database answers when nobody but a bare client asks: no service can do better. */
final class DatabaseCeiling {
    /** As steps 4 to 6 ask. */
    private static final String TOTAL = """
            SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
              FROM orders
              LEFT JOIN order_items ON order_items.order_id = orders.id
              LEFT JOIN item ON item.id = order_items.item_id
             WHERE orders.id = %s
             GROUP BY orders.id
            """;

    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final MarketDb db;
    private final boolean pgbench;

    DatabaseCeiling(MarketDb db) throws InterruptedException {
        this.db = db;
        this.pgbench = Pgbench.isInstalled();
    }

    /** @return in words how it is measured */
    String how() {
        return pgbench
                ? "pgbench -M prepared, %d clients".formatted(Pgbench.CLIENTS)
                : "one prepared statement in a loop, a pgjdbc connection for each of %d cores".formatted(cores);
    }

    double perSecond(int seconds) throws InterruptedException {
        try {
            return pgbench ? Pgbench.perSecond(db, TOTAL.formatted(":id"), Market.ORDERS, seconds) : byLoops(seconds);
        } catch (IOException | ExecutionException e) {
            throw new WorkshopException("The database's ceiling cannot be measured: " + e.getMessage(), e);
        }
    }

    private double byLoops(int seconds) throws ExecutionException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(cores)) {
            var loops = new ArrayList<Future<Double>>();
            for (var i = 0; i < cores; i++) {
                loops.add(threads.submit(loop(Duration.ofSeconds(seconds), new SplittableRandom(i))));
            }
            var perSecond = 0.0;
            for (var loop : loops) {
                perSecond += loop.get();
            }
            return perSecond;
        }
    }

    private Callable<Double> loop(Duration time, SplittableRandom random) {
        return () -> {
            try (var connection = DriverManager.getConnection(db.url("bench"));
                    var statement = connection.prepareStatement(TOTAL.formatted("?"))) {
                perSecond(statement, random, WARM_UP);
                return perSecond(statement, random, time);
            } catch (SQLException e) {
                throw db.unreachable(e);
            }
        };
    }

    private static double perSecond(PreparedStatement statement, SplittableRandom random, Duration time)
            throws SQLException {
        var start = System.nanoTime();
        var asked = 0;
        for (; System.nanoTime() - start < time.toNanos(); asked++) {
            statement.setInt(1, 1 + random.nextInt(Market.ORDERS));
            try (var rows = statement.executeQuery()) {
                rows.next();
            }
        }
        return asked * 1e9 / (System.nanoTime() - start);
    }
}
