package marketsvc;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.MethodNotAllowedResponse;
import java.util.UUID;

/** Appends the problem to what has left. */
class Problem {
    static void answer(Exception failure, Context ctx) {
        ctx.res().setStatus(500);
        var problem = of(failure);
        var status = (int) problem.get("status");
        if (status == 500) {
            var requestId = UUID.randomUUID();
            problem.put("request_id", requestId);
            LOG.error("request {}", requestId, failure);
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
