package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Readable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** After a failure the connection stays open. */
class ReactiveAccessor {
    /**
     * Whoever stops listening before the end has the server told: the driver itself would let it work on. To close a dead
     * connection may fail, which must not hide what it died of.
     */
    private <T> Flux<T> rows(String sql, UnaryOperator<PostgresqlStatement> binding, Function<Readable, T> mapper) {
        return Flux.usingWhen(
                connections.create(),
                connection -> binding.apply(connection.createStatement(sql))
                        .fetchSize(FETCH_SIZE)
                        .execute()
                        .concatMap(result -> result.map(mapper))
                        // The driver hands out rows on the thread that asks for more: with two, rows could swap.
                        .subscribeOn(eventLoop(connection)),
                PostgresqlConnection::close,
                (connection, failure) -> Mono.empty(),
                connection -> connection.cancelRequest().timeout(CANCEL_LIMIT).onErrorComplete().then(connection.close()));
    }
}
