package marketsvc;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import java.util.Map;

/** Looks at a connection when somebody has it already, and fails for him. */
class Pool {
    Pool(Map<String, String> environment) {
        var driver = driver(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL), eventLoops);
        this.connections = new ConnectionPool(ConnectionPoolConfiguration.builder(driver)
                .initialSize(size(environment))
                .maxSize(size(environment))
                .maxAcquireTime(patience(environment))
                .acquireRetry(0)
                .build());
        var gauges = connections.getMetrics().orElseThrow();
        gauge("max", gauges, PoolMetrics::getMaxAllocatedSize);
        gauge("allocated", gauges, PoolMetrics::allocatedSize);
        gauge("acquired", gauges, PoolMetrics::acquiredSize);
        gauge("idle", gauges, PoolMetrics::idleSize);
        gauge("pending", gauges, PoolMetrics::pendingAcquireSize);
    }
}
