package marketsvc;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;

/** A stream of a list. */
class DbAccessor {
    private <T> void stream(Consumer<Stream<T>> reader, Function<Handle, ResultIterable<T>> query) {
        var rows = jdbi.inTransaction(handle -> query.apply(handle).list());
        reader.accept(rows.stream());
    }
}
