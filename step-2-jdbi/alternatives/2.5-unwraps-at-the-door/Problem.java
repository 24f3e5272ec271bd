package marketsvc;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;

/** Unwraps once, before anything looks at the failure. */
class Problem {
    static void answer(Exception thrown, Context ctx) {
        var failure = thrown instanceof JdbiException e && e.getCause() instanceof SQLException cause ? cause : thrown;
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

    private static Map<String, Object> of(Exception failure) {
        var state = failure instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
        return switch (failure) {
            case HttpResponseException e -> problem(e.getStatus(), e.getMessage());
            case UnknownIdException e -> problem(404, e.getMessage());
            case SQLException e when state.equals("23503") -> problem(422, missing(e.getMessage()));
            case SQLException e when state.equals("23505") -> problem(409, "This exists already.");
            case SQLException e when state.equals("57014") -> problem(504, "The database took too long.");
            case SQLException e when state.matches("40.*|55P03") -> problem(503, "Somebody else is at it: try again.");
            case SQLException e when state.matches("08.*|53.*|57P.*") -> problem(503, "The database does not answer.");
            case SQLException e when state.startsWith("22") -> problem(400, "The database cannot read a value.");
            default -> problem(500, "Something went wrong here. Ask for it by its request id.");
        };
    }
}
