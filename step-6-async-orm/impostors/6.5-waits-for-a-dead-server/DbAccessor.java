package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Asks for ever: a server that answers nothing more keeps the connection, and in the end all of them. */
class DbAccessor {
    private static Mono<Boolean> silence(Connection connection) {
        var answer = Mono.from(connection.validate(ValidationDepth.REMOTE)).cache();
        var driver = ((Wrapped<?>) connection).unwrap(PostgresqlConnection.class);
        return driver.cancelRequest()
                .onErrorComplete()
                .then(answer.timeout(CANCEL_AGAIN))
                .retryWhen(Retry.indefinitely().filter(TimeoutException.class::isInstance))
                .subscribeOn(eventLoop(connection));
    }
}
