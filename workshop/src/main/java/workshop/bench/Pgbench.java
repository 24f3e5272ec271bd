package workshop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import workshop.db.MarketDb;

/** PostgreSQL's own load generator, where it is installed. */
final class Pgbench {
    private static final Pattern PER_SECOND = Pattern.compile("(?m)^tps = ([0-9.]+)");
    static final int CLIENTS = 10;

    private Pgbench() {}

    static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("pgbench", "--version").start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** @param sql with the variable {@code :id}, from 1 to {@code ids} */
    static double perSecond(MarketDb db, String sql, int ids, int seconds) throws IOException, InterruptedException {
        var script = Files.createTempFile("marketsvc-", ".sql");
        try {
            Files.writeString(script, "\\set id random(1, " + ids + ")\n" + sql + ";\n");
            var database = Driver.parseURL(db.plainUrl(), new Properties());
            var builder = new ProcessBuilder(
                    "pgbench",
                    "--no-vacuum",
                    "--protocol=prepared",
                    "--client=" + CLIENTS,
                    "--jobs=" + Math.min(Runtime.getRuntime().availableProcessors(), CLIENTS),
                    "--time=" + seconds,
                    "--file=" + script,
                    "--host=" + database.getProperty("PGHOST"),
                    "--port=" + database.getProperty("PGPORT"),
                    "--username=" + database.getProperty("user"),
                    database.getProperty("PGDBNAME"));
            builder.environment().put("PGPASSWORD", database.getProperty("password", ""));
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
}
