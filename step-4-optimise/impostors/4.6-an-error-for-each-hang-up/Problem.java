package marketsvc;

import io.javalin.http.Context;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The log fills with clients who changed their minds, and nobody reads it any more. */
class Problem {
    private static void abort(Exception failure, Context ctx) {
        LOG.error("a stream broke off", failure);
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(failure);
    }
}
