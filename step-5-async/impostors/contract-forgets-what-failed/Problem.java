package marketsvc;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.UUID;

/** The client is told a request id, and nobody else. */
class Problem {
    static void answer(Exception failure, Context ctx) {
        if (ctx.res().isCommitted()) {
            abort(failure, ctx);
            return;
        }
        ctx.res().resetBuffer();
        var problem = of(failure);
        var status = (int) problem.get("status");
        if (status == 500) {
            problem.put("request_id", UUID.randomUUID());
        }
        if (status == 503) {
            ctx.header(Header.RETRY_AFTER, "1");
        }
        if (status == 503 || status == 504) {
            // Without a trace: a crowd that is turned away would bury everything else.
            LOG.warn("answered {}: {}", status, rootCause(failure).toString());
        }
        if (failure instanceof MethodNotAllowedResponse e) {
            ctx.header(Header.ALLOW, String.join(", ", e.getDetails().values()));
        }
        ctx.status(status).json(problem).contentType(CONTENT_TYPE);
    }
}
