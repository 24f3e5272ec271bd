package marketsvc;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** After a failure nobody gives the connection back: ten of them, and the pool is empty. */
class DbAccessor {
    /** Whoever stops listening before the end has the server told: pool and driver themselves would let it work on. */
    private <T> Flux<T> cancellable(Function<Connection, Flux<T>> question) {
        return Flux.usingWhen(
                connections.create(),
                connection -> question.apply(connection).subscribeOn(eventLoop(connection)),
                Connection::close,
                (connection, failure) -> Mono.empty(),
                connection -> silence(connection).then(Mono.from(connection.close())));
    }
}
