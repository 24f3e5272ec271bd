package marketsvc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
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
        if (ctx.res().isCommitted()) {
            abort(failure, ctx);
            return;
        }
        ctx.res().resetBuffer();
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

    /** The status has left, and a list that ends well would look complete: the client has to see the connection break. */
    private static void abort(Exception failure, Context ctx) {
        if (causes(failure).noneMatch(EofException.class::isInstance)) { // which says that the client has gone
            LOG.error("a stream broke off", failure);
        }
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(failure);
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

    /** The one place where a failure becomes a status: the caller's by its type, the database's by its SQLSTATE. */
    private static Map<String, Object> of(Exception wrapped) {
        // Spring, Reactor and the pool wrap what the driver said, each in its own.
        var failure = causes(wrapped)
                .filter(cause -> cause instanceof R2dbcException || cause instanceof TimeoutException)
                .findFirst()
                .orElse(wrapped);
        var state = failure instanceof R2dbcException e ? Objects.requireNonNullElse(e.getSqlState(), "") : "";
        return switch (failure) {
            case HttpResponseException e -> problem(e.getStatus(), e.getMessage());
            case UnknownIdException e -> problem(404, e.getMessage());
            case TimeoutException e -> problem(504, "It took too long.");
            case R2dbcTimeoutException e -> problem(503, "No connection to the database was free in time.");
            // TODO 6.2: whoever deletes what others refer to violates the same rule, and is told 422; 409 is right.
            case PostgresqlException e when state.equals("23503") -> problem(422, missing(e));
            case R2dbcException e when state.equals("23505") -> problem(409, "This exists already.");
            case R2dbcException e when state.equals("57014") -> problem(504, "The database took too long.");
            case R2dbcException e
            when state.matches("40.*|55P03") -> problem(503, "Somebody else is at it: try again.");
            // No SQLSTATE: the pool's own failure, of a connection that died on the way to whom it was lent.
            case R2dbcException e
            when state.matches("|08.*|53.*|57P.*") -> problem(503, "The database does not answer.");
            case R2dbcException e when state.startsWith("22") -> problem(400, "The database cannot read a value.");
            default -> problem(500, "Something went wrong here. Ask for it by its request id.");
        };
    }

    /** Of tasks that fail at the same time Reactor makes one exception of many: the first one counts. */
    private static Stream<Throwable> causes(Throwable failure) {
        var first = Exceptions.unwrapMultiple(failure).getFirst();
        return Stream.iterate(first, Objects::nonNull, Throwable::getCause);
    }

    /** @return what alone says that it was the password, or a full pool */
    private static Throwable rootCause(Throwable failure) {
        return causes(failure).reduce((outer, inner) -> inner).orElseThrow();
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
    private static String missing(PostgresqlException failure) {
        var key = KEY.matcher(failure.getErrorDetails().getDetail().orElse(""));
        return key.find() ? "There is no %s %s.".formatted(key.group(1), key.group(2)) : "It refers to nothing.";
    }
}
