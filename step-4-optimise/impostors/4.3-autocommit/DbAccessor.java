package marketsvc;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;

/** Sets a fetch size, which the driver ignores without a transaction. */
class DbAccessor {
    private <T> void stream(Consumer<Stream<T>> reader, Function<Handle, ResultIterable<T>> query) {
        jdbi.useHandle(handle -> {
            try (var rows = query.apply(handle).stream()) {
                reader.accept(rows);
            }
        });
    }
}
