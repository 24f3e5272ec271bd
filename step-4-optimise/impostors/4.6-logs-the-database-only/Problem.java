package marketsvc;

import io.javalin.http.Context;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Knows of two who can break a stream off, the client and the database: of a bug of its own nobody hears. */
class Problem {
    private static void abort(Exception failure, Context ctx) {
        var causes = Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause);
        if (causes.anyMatch(SQLException.class::isInstance)) {
            LOG.error("a stream broke off", failure);
        }
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(failure);
    }
}
