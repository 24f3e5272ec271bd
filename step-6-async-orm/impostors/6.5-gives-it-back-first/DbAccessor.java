package marketsvc;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Gives the connection back and then asks to cancel: what ends is the statement of whoever has it now. */
class DbAccessor {
    /** Whoever stops listening before the end has the server told: pool and driver themselves would let it work on. */
    private <T> Flux<T> cancellable(Function<Connection, Flux<T>> question) {
        return Flux.usingWhen(
                connections.create(),
                connection -> question.apply(connection).subscribeOn(eventLoop(connection)),
                Connection::close,
                (connection, failure) -> connection.close(),
                connection -> Mono.from(connection.close()).then(silence(connection)));
    }
}
