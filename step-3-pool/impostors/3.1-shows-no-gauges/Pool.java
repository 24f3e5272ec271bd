package marketsvc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;

/** Has a pool into which nobody can look. */
class Pool {
    Pool(Map<String, String> environment) {
        var config = new HikariConfig();
        config.setPoolName("market");
        config.setJdbcUrl(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL));
        config.setMaximumPoolSize(size(environment));
        config.setConnectionTimeout(patience(environment).toMillis());
        config.setLeakDetectionThreshold(suspicion(environment).toMillis());
        // Half of its patience: who is handed a dead connection has time left for a live one. Hikari's least is 250.
        config.setValidationTimeout(Math.max(250, patience(environment).toMillis() / 2));
        // Replaced before a firewall, a failover or a leak in the server makes them old.
        config.setMaxLifetime(Duration.ofMinutes(30).toMillis());
        // Idle connections give a sign of life before a firewall forgets them.
        config.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        // The server gives up first: it would wait on, behind somebody's transaction, for whoever has hung up.
        config.addDataSourceProperty("options", "-c lock_timeout=50000");
        // A server that is silent for longer than any query takes is gone; who asked it would wait for ever.
        config.addDataSourceProperty("socketTimeout", "60");
        // Time for a database that is just starting; without one there is no service, and whoever starts it hears so.
        config.setInitializationFailTimeout(Duration.ofSeconds(3).toMillis());
        this.dataSource = new HikariDataSource(config);
    }
}
