package marketsvc;

import io.r2dbc.spi.Connection;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** Cancels, and lets the server work on. */
class DbAccessor {
    private <T> Flux<T> cancellable(Function<Connection, Flux<T>> question) {
        return Flux.usingWhen(connections.create(), question, Connection::close);
    }
}
