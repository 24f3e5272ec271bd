package marketsvc;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Takes whatever breaks for a client who has gone, also the line to the database. */
class Problem {
    private static void abort(Exception failure, Context ctx) {
        var causes = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause);
        if (causes.noneMatch(IOException.class::isInstance)) {
            LOG.error("a stream broke off", failure);
        }
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(failure);
    }
}
