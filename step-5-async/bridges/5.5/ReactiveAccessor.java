package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Wrapped;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/** Whoever stops listening closes the connection, and the server works on. */
class ReactiveAccessor {
    /** On every way out the connection is closed. */
    private <T> Flux<T> rows(String sql, UnaryOperator<PostgresqlStatement> binding, Function<Readable, T> mapper) {
        return Flux.usingWhen(
                connections.create(),
                connection -> binding.apply(connection.createStatement(sql))
                        .fetchSize(FETCH_SIZE)
                        .execute()
                        .concatMap(result -> result.map(mapper))
                        .subscribeOn(eventLoop(connection)),
                PostgresqlConnection::close,
                (connection, failure) -> connection.close().onErrorComplete(),
                PostgresqlConnection::close);
    }

    private static Scheduler eventLoop(PostgresqlConnection connection) {
        return ((Wrapped<?>) connection).unwrap(Scheduler.class);
    }
}
