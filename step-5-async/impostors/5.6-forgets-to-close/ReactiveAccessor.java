package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Readable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** The query ends, the connection stays. */
class ReactiveAccessor {
    /** Whoever stops listening before the end has the server told: the driver itself would let it work on. */
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
                connection -> connection.cancelRequest().timeout(CANCEL_LIMIT).onErrorComplete());
    }
}
