package marketsvc;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;

/** Sets up the data source itself, which makes its pool with the first connection: somebody has to ask for one at the start. */
class Pool {
    Pool(Map<String, String> environment) {
        this.dataSource = new HikariDataSource();
        dataSource.setPoolName("market");
        dataSource.setJdbcUrl(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL));
        dataSource.setMaximumPoolSize(size(environment));
        dataSource.setConnectionTimeout(patience(environment).toMillis());
        dataSource.setLeakDetectionThreshold(suspicion(environment).toMillis());
        dataSource.setValidationTimeout(Math.max(250, patience(environment).toMillis() / 2));
        dataSource.setMaxLifetime(Duration.ofMinutes(30).toMillis());
        dataSource.setKeepaliveTime(Duration.ofMinutes(2).toMillis());
        dataSource.addDataSourceProperty("options", "-c lock_timeout=50000");
        dataSource.addDataSourceProperty("socketTimeout", "60");
        dataSource.setInitializationFailTimeout(Duration.ofSeconds(3).toMillis());
        dataSource.setMetricRegistry(metrics);
    }
}
