package marketsvc;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks to cancel on every way out: each answer costs one connection more, and the server a process. */
class DbAccessor {
    private <T> Flux<T> cancellable(Function<Connection, Flux<T>> question) {
        return Flux.usingWhen(
                connections.create(),
                connection -> question.apply(connection).subscribeOn(eventLoop(connection)),
                connection -> silence(connection).then(Mono.from(connection.close())));
    }
}
