package marketsvc;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import java.util.Map;

/** Two gauges the wrong way round: all connections are acquired for ever, and allocated while somebody has them. */
class Pool {
    Pool(Map<String, String> environment) {
        var driver = driver(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL), eventLoops);
        this.connections = new ConnectionPool(ConnectionPoolConfiguration.builder(driver)
                .initialSize(size(environment))
                .maxSize(size(environment))
                .maxAcquireTime(patience(environment))
                .acquireRetry(0)
                .customizer(pool -> pool.evictionPredicate((connection, use) -> use.lifeTime() > MAX_LIFETIME.toMillis()
                        || use.idleTime() > MAX_IDLE.toMillis()
                        || !isOpen(connection)))
                .build());
        var gauges = connections.getMetrics().orElseThrow();
        gauge("max", gauges, PoolMetrics::getMaxAllocatedSize);
        gauge("allocated", gauges, PoolMetrics::acquiredSize);
        gauge("acquired", gauges, PoolMetrics::allocatedSize);
        gauge("idle", gauges, PoolMetrics::idleSize);
        gauge("pending", gauges, PoolMetrics::pendingAcquireSize);
    }
}
