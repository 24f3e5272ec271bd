package marketsvc;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import java.util.Map;

/** Five gauges, two of them of something else: all connections are always idle, and nobody ever waits. */
class Pool {
    /** @param environment what the operator chose: MARKETDB_URL, POOL_SIZE, POOL_TIMEOUT_MS */
    Pool(Map<String, String> environment) {
        var driver = driver(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL), eventLoops);
        this.connections = new ConnectionPool(ConnectionPoolConfiguration.builder(driver)
                // All of them at the start: to open some under load takes longer than a client waits.
                .initialSize(size(environment))
                .maxSize(size(environment))
                .maxAcquireTime(patience(environment))
                // Each try would have the whole patience again.
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
        gauge("idle", gauges, PoolMetrics::allocatedSize);
        gauge("pending", gauges, PoolMetrics::pendingAcquireSize);
    }
}
