package marketsvc;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Gives a connection back when its answer has been read: one that is cancelled keeps it. */
class Cancellable<T> {
    private void run(Jdbi jdbi, Function<Handle, Query> question, Function<Query, T> read) {
        try {
            var handle = jdbi.open();
            var found = read.apply(begin(question.apply(handle)));
            end();
            handle.close();
            answer.complete(found);
        } catch (Throwable e) {
            end();
            answer.completeExceptionally(e);
        }
    }
}
