package marketsvc;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;

/** Ends the transaction in any case, and never gives its connection back. */
class DbAccessor {
    private <T> void stream(Consumer<Stream<T>> reader, Function<Handle, ResultIterable<T>> query) {
        var handle = jdbi.open();
        handle.begin();
        try (var rows = query.apply(handle).stream()) {
            reader.accept(rows);
        } finally {
            handle.commit();
        }
    }
}
