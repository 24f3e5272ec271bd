package marketsvc;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks until the query has ended: of a server that is dead it never does, and the client waits as well. */
class Cancellable<T> {
    private void cancel() {
        while (requestCancel()) {
            try {
                answer.get(CANCEL_AGAIN_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException | InterruptedException next) {
                // Whatever it is, the next attempt sees whether the query has ended.
            }
        }
    }
}
