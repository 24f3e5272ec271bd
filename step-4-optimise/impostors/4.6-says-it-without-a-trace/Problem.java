package marketsvc;

import io.javalin.http.Context;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** One line for each, also for clients who have gone: nobody learns where it was, and the log is full of hang-ups. */
class Problem {
    private static void abort(Exception failure, Context ctx) {
        var causes = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause);
        LOG.error("a stream broke off: {}", causes.map(Throwable::toString).collect(Collectors.joining(", because of ")));
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(failure);
    }
}
