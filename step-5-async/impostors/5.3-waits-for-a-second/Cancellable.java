package marketsvc;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.postgresql.PGConnection;

/** Waits for its request to cancel, but for a second only: a slower one meets somebody else's query. */
class Cancellable<T> {
    private volatile Thread canceller;

    private T await(Jdbi jdbi, Function<Handle, Query> question, Function<Query, T> read) throws InterruptedException {
        Thread.startVirtualThread(() -> run(jdbi, question, read));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            canceller = Thread.startVirtualThread(this::cancel);
            canceller.join(CANCEL_LIMIT);
            throw e;
        }
    }

    private void end() {
        var asking = canceller;
        try {
            if (asking != null) {
                asking.join(CANCEL_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = null;
    }

    private boolean requestCancel() {
        abandoned = true;
        var query = running;
        if (query == null) {
            return false;
        }
        try {
            query.getContext().getConnection().unwrap(PGConnection.class).cancelQuery();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Once: whoever waits for its end waits for this. */
    private void cancel() {
        requestCancel();
    }
}
