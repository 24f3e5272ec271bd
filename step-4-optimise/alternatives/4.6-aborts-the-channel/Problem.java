package marketsvc;

import io.javalin.http.Context;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EofException;

/** Asks Jetty to abort the exchange. */
class Problem {
    private static void abort(Exception failure, Context ctx) {
        var causes = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause);
        if (causes.anyMatch(EofException.class::isInstance)) {
            LOG.info("the client of {} has gone", ctx.path());
        } else {
            LOG.error("a stream broke off", failure);
        }
        ServletContextRequest.getServletContextRequest(ctx.req()).getServletChannel().abort(failure);
    }
}
