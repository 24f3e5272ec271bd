package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Readable;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** To close the connection is to close a socket, which the server does not look at. */
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
}
