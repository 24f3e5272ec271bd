package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import reactor.core.publisher.Mono;

/** Asks the server to cancel once: a request that comes before its query is forgotten. */
class DbAccessor {
    private static Mono<Boolean> silence(Connection connection) {
        var answer = Mono.from(connection.validate(ValidationDepth.REMOTE)).cache();
        var driver = ((Wrapped<?>) connection).unwrap(PostgresqlConnection.class);
        return driver.cancelRequest()
                .onErrorComplete()
                .then(answer.timeout(CANCEL_LIMIT))
                .onErrorResume(failure -> driver.close().thenReturn(false))
                .subscribeOn(eventLoop(connection));
    }
}
