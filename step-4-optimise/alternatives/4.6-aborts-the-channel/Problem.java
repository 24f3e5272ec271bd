package marketsvc;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Asks Jetty to abort the exchange. */
class Problem {
    private static void abort(Exception failure, Context ctx) {
        LOG.error("a stream broke off", failure);
        ServletContextRequest.getServletContextRequest(ctx.req()).getServletChannel().abort(failure);
    }
}
