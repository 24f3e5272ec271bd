package marketsvc;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** Has the server told, and forgets to give the connection back. */
class DbAccessor {
    private <T> Flux<T> cancellable(Function<Connection, Flux<T>> question) {
        return Flux.usingWhen(
                connections.create(),
                connection -> question.apply(connection).subscribeOn(eventLoop(connection)),
                Connection::close,
                (connection, failure) -> connection.close(),
                connection -> silence(connection).then());
    }
}
