package marketsvc;

import io.micrometer.core.instrument.Gauge;
import io.r2dbc.pool.PoolMetrics;
import java.util.function.ToIntFunction;

/** Shows for ever what there was at the start. */
class Pool {
    private void gauge(String name, PoolMetrics pool, ToIntFunction<PoolMetrics> value) {
        var now = value.applyAsInt(pool);
        Gauge.builder("r2dbc.pool." + name, () -> now)
                .baseUnit("connections")
                .tag("pool", "market")
                .register(metrics);
    }
}
