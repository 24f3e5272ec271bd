package marketsvc;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import java.util.Map;

/** Opens five, whatever the size: a smaller pool cannot be made at all. */
class Pool {
    Pool(Map<String, String> environment) {
        var driver = driver(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL), eventLoops);
        this.connections = new ConnectionPool(ConnectionPoolConfiguration.builder(driver)
                .initialSize(5)
                .maxSize(size(environment))
                .maxAcquireTime(patience(environment))
                .acquireRetry(0)
                .customizer(pool -> pool.evictionPredicate((connection, use) -> use.lifeTime() > MAX_LIFETIME.toMillis()
                        // A firewall that forgets a connection tells neither side.
                        || use.idleTime() > MAX_IDLE.toMillis()
                        || !isOpen(connection)))
                .build());
        var gauges = connections.getMetrics().orElseThrow();
        gauge("max", gauges, PoolMetrics::getMaxAllocatedSize);
        gauge("allocated", gauges, PoolMetrics::allocatedSize);
        gauge("acquired", gauges, PoolMetrics::acquiredSize);
        gauge("idle", gauges, PoolMetrics::idleSize);
        gauge("pending", gauges, PoolMetrics::pendingAcquireSize);
    }
}
