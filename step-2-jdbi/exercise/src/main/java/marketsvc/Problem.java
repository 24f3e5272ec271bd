package marketsvc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** What a client is told when it cannot have what it asked for (RFC 9457): never SQL, never a stack trace. */
class Problem {
    private static final String CONTENT_TYPE = "application/problem+json";
    private static final Pattern KEY = Pattern.compile("\\((\\w+)_id\\)=\\((\\d+)\\)");
    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    private Problem() {}

    /** Makes an Error, running out of memory say, a bug like any other: answered, and logged once. */
    static void guard(Handler handler, Context ctx) throws Exception {
        try {
            handler.handle(ctx);
        } catch (Error e) {
            throw new IllegalStateException(e);
        }
    }

    static void answer(Exception failure, Context ctx) {
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

    /** Answers what Jetty turns away before Javalin sees it: a malformed request line, header or path. */
    static boolean refuse(Request request, Response response, Callback callback) {
        var status = response.getStatus();
        var tooLong = status == 414 || status == 431;
        var detail = tooLong ? "A request's head takes 32 KiB at most." : "This is not a request as HTTP has it.";
        response.getHeaders().put(Header.CONTENT_TYPE, CONTENT_TYPE);
        Content.Sink.write(response, true, JsonMapper.shared().writeValueAsString(problem(status, detail)), callback);
        return true;
    }

    // TODO 2.5: a duplicate key is answered 500 (409 expected). With Jdbi (2.1) an item that does not exist and a
    //  database that is down become 500, too. Give each failure of the database its status, whoever asked.
    /** The one place where a failure becomes a status: the caller's by its type, the database's by its SQLSTATE. */
    private static Map<String, Object> of(Exception failure) {
        var state = failure instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
        return switch (failure) {
            case HttpResponseException e -> problem(e.getStatus(), e.getMessage());
            case UnknownIdException e -> problem(404, e.getMessage());
            case SQLException e when state.equals("23503") -> problem(422, missing(e.getMessage()));
            case SQLException e when state.equals("57014") -> problem(504, "The database took too long.");
            case SQLException e when state.matches("40.*|55P03") -> problem(503, "Somebody else is at it: try again.");
            case SQLException e when state.matches("08.*|53.*|57P.*") -> problem(503, "The database does not answer.");
            case SQLException e when state.startsWith("22") -> problem(400, "The database cannot read a value.");
            default -> problem(500, "Something went wrong here. Ask for it by its request id.");
        };
    }

    /** @return what alone says that it was the password, or a full pool */
    private static Throwable rootCause(Throwable failure) {
        return failure.getCause() == null ? failure : rootCause(failure.getCause());
    }

    /** RFC 9457. */
    private static Map<String, Object> problem(int status, String detail) {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "about:blank");
        problem.put("title", HttpStatus.forStatus(status).getMessage());
        problem.put("status", status);
        problem.put("detail", detail);
        return problem;
    }

    /** Turns PostgreSQL's {@code Key (item_id)=(99) is not present in table "item".} into words for a client. */
    private static String missing(String message) {
        var key = KEY.matcher(message);
        return key.find() ? "There is no %s %s.".formatted(key.group(1), key.group(2)) : "It refers to nothing.";
    }
}
