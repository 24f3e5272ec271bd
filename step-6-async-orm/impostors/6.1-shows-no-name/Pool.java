package marketsvc;

import io.micrometer.core.instrument.Gauge;
import io.r2dbc.pool.PoolMetrics;
import java.util.function.ToIntFunction;

/** Numbers of a pool, and not of which one. */
class Pool {
    private void gauge(String name, PoolMetrics pool, ToIntFunction<PoolMetrics> value) {
        Gauge.builder("r2dbc.pool." + name, () -> value.applyAsInt(pool))
                .baseUnit("connections")
                .register(metrics);
    }
}
