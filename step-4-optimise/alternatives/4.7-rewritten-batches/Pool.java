package marketsvc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;

/** Lets the driver put the rows of a batch together. */
class Pool {
    /** @param environment what the operator chose: MARKETDB_URL, POOL_SIZE, POOL_TIMEOUT_MS, POOL_LEAK_MS */
    Pool(Map<String, String> environment) {
        var config = new HikariConfig();
        config.setJdbcUrl(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL));
        config.setPoolName("market");
        config.setMaximumPoolSize(size(environment));
        config.setConnectionTimeout(patience(environment).toMillis());
        config.setLeakDetectionThreshold(suspicion(environment).toMillis());
        // Half of its patience: who waits for a connection has time left for a second one when the first turns out
        // dead.
        config.setValidationTimeout(patience(environment).toMillis() / 2);
        // Replaced before a firewall, a failover or a leak in the server makes them old.
        config.setMaxLifetime(Duration.ofMinutes(30).toMillis());
        // Idle connections give a sign of life before a firewall forgets them.
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        // Without a database there is no service: say so at the start, not to the first client.
        config.setInitializationFailTimeout(Duration.ofSeconds(3).toMillis());
        // The driver makes statements of many rows of the batches that it is given.
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.setMetricRegistry(metrics);
        this.dataSource = new HikariDataSource(config);
    }
}
