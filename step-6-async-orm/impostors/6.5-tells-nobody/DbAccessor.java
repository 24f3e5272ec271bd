package marketsvc;

import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** Cancels, and lets the server work on. */
class DbAccessor {
    private <T> Flux<T> cancellable(Function<DatabaseClient, Flux<T>> question) {
        return question.apply(database);
    }
}
