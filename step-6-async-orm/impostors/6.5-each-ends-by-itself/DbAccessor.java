package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Wrapped;
import reactor.core.publisher.Mono;

/** Nobody asks the server to cancel: who is cancelled closes the connection, and its statement ends by itself, seconds later. */
class DbAccessor {
    private static Mono<Boolean> silence(Connection connection) {
        var driver = ((Wrapped<?>) connection).unwrap(PostgresqlConnection.class);
        return driver.close().onErrorComplete().thenReturn(false);
    }
}
