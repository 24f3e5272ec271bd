package marketsvc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.postgresql.PGConnection;

/**
 * A query that ends on the server when the thread that waits for it is interrupted.
 *
 * <p>A virtual thread that is interrupted in the midst of a read has its socket closed, and PostgreSQL, which notices only when
 * it writes, works on for nobody. So the read has a thread of its own, which nobody interrupts, and the one that waits asks the
 * server to cancel.
 */
class Cancellable<T> {
    private static final int CANCEL_AGAIN_MS = 20;
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(1);

    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private Query running; // null before it begins, and when it has ended
    private boolean abandoned;

    private Cancellable() {}

    static <T> T ask(Jdbi jdbi, Function<Handle, Query> question, Function<Query, T> read) throws InterruptedException {
        return new Cancellable<T>().await(jdbi, question, read);
    }

    private T await(Jdbi jdbi, Function<Handle, Query> question, Function<Query, T> read) throws InterruptedException {
        Thread.startVirtualThread(() -> run(jdbi, question, read));
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            // On a thread of its own: the driver waits ten seconds for a server that is dead.
            Thread.startVirtualThread(this::cancel).join(CANCEL_LIMIT);
            throw e;
        }
    }

    private void run(Jdbi jdbi, Function<Handle, Query> question, Function<Query, T> read) {
        try {
            answer.complete(jdbi.withHandle(handle -> {
                try {
                    return read.apply(begin(question.apply(handle)));
                } finally {
                    end();
                }
            }));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    private synchronized Query begin(Query query) {
        if (abandoned) {
            throw new IllegalStateException("nobody waits any more");
        }
        running = query;
        return query;
    }

    /** Before the connection goes back to the pool: a request to cancel must not meet somebody else's query. */
    private synchronized void end() {
        running = null;
    }

    /** Again and again, because one that comes before the statement is forgotten; for a second, as a dead server never ends it. */
    private void cancel() {
        var start = System.nanoTime();
        while (requestCancel() && System.nanoTime() - start < CANCEL_LIMIT.toNanos()) {
            try {
                answer.get(CANCEL_AGAIN_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException | InterruptedException next) {
                // Whatever it is, the next attempt sees whether the query has ended.
            }
        }
    }

    /** @return whether the query has begun and not ended; one that has not begun never will */
    private synchronized boolean requestCancel() {
        abandoned = true;
        if (running == null) {
            return false;
        }
        try {
            // Not Statement.cancel(), which pgjdbc sends once only.
            running.getContext().getConnection().unwrap(PGConnection.class).cancelQuery();
            return true;
        } catch (SQLException e) {
            // The connection is closed, and the query with it.
            return false;
        }
    }
}
