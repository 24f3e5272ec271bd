package marketsvc;

import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Asks itself, for a second as it thinks: to a server that is dead the driver takes ten to give up, and the client waits as well. */
class Cancellable<T> {
    private T await(Jdbi jdbi, Function<Handle, Query> question, Function<Query, T> read) throws InterruptedException {
        Thread.startVirtualThread(() -> run(jdbi, question, read));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            cancel();
            throw e;
        }
    }
}
