package marketsvc;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;

/** Nobody hears what was wrong. */
class Problem {
    static void answer(Exception failure, Context ctx) {
        if (failure instanceof HttpResponseException e) {
            ctx.status(e.getStatus()).json(problem(e.getStatus(), e.getMessage())).contentType(CONTENT_TYPE);
        } else {
            abort(failure, ctx);
        }
    }
}
