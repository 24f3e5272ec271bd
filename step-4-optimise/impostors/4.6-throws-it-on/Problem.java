package marketsvc;

import io.javalin.http.Context;

/** Leaves it to Javalin. */
class Problem {
    private static void abort(Exception failure, Context ctx) {
        throw new IllegalStateException(failure);
    }
}
