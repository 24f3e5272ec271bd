package marketsvc;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** Whoever stops listening gives the connection back, which closes a cursor between two portions; the server is not told. */
class DbAccessor {
    /** On every way out the connection is given back. */
    private <T> Flux<T> cancellable(Function<Connection, Flux<T>> question) {
        return Flux.usingWhen(
                connections.create(),
                connection -> question.apply(connection).subscribeOn(eventLoop(connection)),
                Connection::close,
                (connection, failure) -> connection.close(),
                Connection::close);
    }
}
