package marketsvc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Wraps the driver's own DataSource, and keeps two connections ready instead of all. */
class Pool {
    private final HikariDataSource dataSource = new HikariDataSource();

    DataSource dataSource() {
        return dataSource;
    }

    Pool(Map<String, String> environment) {
        var driver = new PGSimpleDataSource();
        driver.setURL(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL));
        dataSource.setDataSource(driver);
        dataSource.setMaximumPoolSize(size(environment));
        dataSource.setMinimumIdle(Math.min(2, size(environment)));
        dataSource.setConnectionTimeout(patience(environment).toMillis());
        dataSource.setLeakDetectionThreshold(suspicion(environment).toMillis());
        dataSource.setInitializationFailTimeout(3000);
        dataSource.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(metrics));
        try (var first = dataSource.getConnection()) {
            first.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            throw new IllegalArgumentException("The database does not answer: " + e.getMessage());
        }
    }
}
