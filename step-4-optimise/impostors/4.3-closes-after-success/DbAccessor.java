package marketsvc;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;

/** Gives the connection back when the client has read to the end. */
class DbAccessor {
    private <T> void stream(Consumer<Stream<T>> reader, Function<Handle, ResultIterable<T>> query) {
        var handle = jdbi.open();
        handle.begin();
        reader.accept(query.apply(handle).stream());
        handle.commit();
        handle.close();
    }
}
