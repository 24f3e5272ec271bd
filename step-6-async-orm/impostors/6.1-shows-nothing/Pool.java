package marketsvc;

import io.r2dbc.pool.PoolMetrics;
import java.util.function.ToIntFunction;

/** A pool that nobody can look into. */
class Pool {
    private void gauge(String name, PoolMetrics pool, ToIntFunction<PoolMetrics> value) {}
}
