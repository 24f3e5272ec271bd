package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Readable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** Asks to cancel on every way out: each answer costs one connection more, and the server a process. */
class ReactiveAccessor {
    private <T> Flux<T> rows(String sql, UnaryOperator<PostgresqlStatement> binding, Function<Readable, T> mapper) {
        return Flux.usingWhen(
                connections.create(),
                connection -> binding.apply(connection.createStatement(sql))
                        .fetchSize(FETCH_SIZE)
                        .execute()
                        .concatMap(result -> result.map(mapper))
                        .subscribeOn(eventLoop(connection)),
                connection -> connection
                        .cancelRequest()
                        .timeout(CANCEL_LIMIT)
                        .onErrorComplete()
                        .then(connection.close())
                        .onErrorComplete());
    }
}
