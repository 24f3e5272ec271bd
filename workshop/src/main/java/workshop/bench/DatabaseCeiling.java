package workshop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;

/** How many totals a second the database answers when nobody but a bare client asks: no service can do better. */
final class DatabaseCeiling {
    private static final Pattern PER_SECOND = Pattern.compile("(?m)^tps = ([0-9.]+)");
    private static final int CLIENTS = 10;

    /** As step 4 to 6 ask. */
    private static final String TOTAL = """
            SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
              FROM orders
              LEFT JOIN order_items ON order_items.order_id = orders.id
              LEFT JOIN item ON item.id = order_items.item_id
             WHERE orders.id = %s
             GROUP BY orders.id
            """;

    private final MarketDb db;
    private final boolean pgbench;

    DatabaseCeiling(MarketDb db) {
        this.db = db;
        this.pgbench = isInstalled();
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("pgbench", "--version").start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** @return in words how it is measured */
    String how() {
        return pgbench
                ? "pgbench -M prepared, %d clients".formatted(CLIENTS)
                : "one prepared statement in a loop, a pgjdbc connection for each of %d cores".formatted(cores());
    }

    double perSecond(int seconds) {
        try {
            return pgbench ? byPgbench(seconds) : byLoops(seconds);
        } catch (IOException | ExecutionException e) {
            throw new WorkshopException("The database's ceiling cannot be measured: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private double byPgbench(int seconds) throws IOException, InterruptedException {
        var script = Files.createTempFile("marketsvc-", ".sql");
        try {
            Files.writeString(
                    script, "\\set id random(1, %d)%n".formatted(Market.ORDERS) + TOTAL.formatted(":id") + ";\n");
            var parts = Driver.parseURL(db.plainUrl(), new Properties());
            var builder = new ProcessBuilder(
                    "pgbench",
                    "--no-vacuum",
                    "--protocol=prepared",
                    "--client=" + CLIENTS,
                    "--time=" + seconds,
                    "--file=" + script,
                    "--host=" + parts.getProperty("PGHOST"),
                    "--port=" + parts.getProperty("PGPORT"),
                    "--username=" + parts.getProperty("user"),
                    parts.getProperty("PGDBNAME"));
            builder.environment().put("PGPASSWORD", parts.getProperty("password", ""));
            var process = builder.redirectErrorStream(true).start();
            var words = new String(process.getInputStream().readAllBytes());
            var found = PER_SECOND.matcher(words);
            if (process.waitFor() != 0 || !found.find()) {
                throw new IOException("pgbench says: " + words.strip());
            }
            return Double.parseDouble(found.group(1));
        } finally {
            Files.delete(script);
        }
    }

    private double byLoops(int seconds) throws ExecutionException, InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try (var threads = Executors.newFixedThreadPool(cores())) {
            var loops = new ArrayList<Future<Integer>>();
            for (var i = 0; i < cores(); i++) {
                loops.add(threads.submit(loop(end, new SplittableRandom(i))));
            }
            var asked = 0;
            for (var loop : loops) {
                asked += loop.get();
            }
            return 1.0 * asked / seconds;
        }
    }

    private Callable<Integer> loop(long end, SplittableRandom random) {
        return () -> {
            try (var connection = DriverManager.getConnection(db.url("bench"));
                    var statement = connection.prepareStatement(TOTAL.formatted("?"))) {
                var asked = 0;
                for (; System.nanoTime() < end; asked++) {
                    statement.setInt(1, 1 + random.nextInt(Market.ORDERS));
                    try (var rows = statement.executeQuery()) {
                        rows.next();
                    }
                }
                return asked;
            } catch (SQLException e) {
                throw db.unreachable(e);
            }
        };
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static WorkshopException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new WorkshopException("Interrupted.", e);
    }
}
