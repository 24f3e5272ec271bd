package marketsvc;

import org.jdbi.v3.core.statement.Query;

/** A question whose turn comes after its deadline is asked all the same. */
class Cancellable {
    private synchronized Query begin(Query query) {
        running = query;
        return query;
    }
}
