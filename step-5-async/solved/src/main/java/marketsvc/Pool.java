package marketsvc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** The connections that all requests share, few and long-lived; each setting with its reason. */
class Pool {
    private static final String DEFAULT_URL = "jdbc:postgresql://localhost:5432/marketdb?user=market&password=market";
    private static final int ANSWER_SECONDS = 1;

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HikariDataSource dataSource;

    /** @param environment what the operator chose: MARKETDB_URL, POOL_SIZE, POOL_TIMEOUT_MS, POOL_LEAK_MS */
    Pool(Map<String, String> environment) {
        var config = new HikariConfig();
        config.setPoolName("market");
        config.setJdbcUrl(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL));
        config.setMaximumPoolSize(size(environment));
        config.setConnectionTimeout(patience(environment).toMillis());
        config.setLeakDetectionThreshold(suspicion(environment).toMillis());
        // Half of its patience, or Hikari's least: who is handed a dead connection has time left for a live one.
        config.setValidationTimeout(Math.max(250, patience(environment).toMillis() / 2));
        // Replaced before a firewall, a failover or a leak in the server makes them old.
        config.setMaxLifetime(Duration.ofMinutes(30).toMillis());
        // Idle connections give a sign of life before a firewall forgets them.
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        // The server gives up first: it would wait on, behind somebody's transaction, for whoever has hung up.
        config.addDataSourceProperty("options", "-c lock_timeout=50000");
        // A server that is silent for longer than any question here takes is gone; who asked it would wait for ever.
        config.addDataSourceProperty("socketTimeout", "60");
        // Time for a database that is just starting; without one there is no service, and whoever starts it hears so.
        config.setInitializationFailTimeout(Duration.ofSeconds(3).toMillis());
        config.setMetricRegistry(metrics);
        this.dataSource = new HikariDataSource(config);
    }

    HikariDataSource dataSource() {
        return dataSource;
    }

    /** Ten sessions that compute keep a few cores and a disk busy; more would only wait for each other inside the server. */
    private static int size(Map<String, String> environment) {
        return number(environment, "POOL_SIZE", 10, 1, 100);
    }

    /** How long a request may wait for a connection: a client rather hears "later" soon than nothing for long. */
    private static Duration patience(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "POOL_TIMEOUT_MS", 1000, 250, 60_000));
    }

    /** Who keeps a connection for longer is named in the log, with a stack trace; a long stream is no leak. */
    private static Duration suspicion(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "POOL_LEAK_MS", 60_000, 2000, 600_000));
    }

    /** @return whether there is a connection in time and the database answers it within a second */
    boolean isUp() {
        try (var connection = dataSource.getConnection()) {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** @return its gauges, counters and timers in Prometheus's text format */
    String metrics() {
        return metrics.scrape();
    }

    void close() {
        dataSource.close();
    }

    /** @return what the operator chose, or else {@code usual}; a wrong choice is told at the start, not worked around */
    static int number(Map<String, String> environment, String name, int usual, int least, int most) {
        var text = environment.getOrDefault(name, Integer.toString(usual));
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    "%s: expected a number from %d to %d, found \"%s\".".formatted(name, least, most, text));
        }
        return Integer.parseInt(text);
    }
}
