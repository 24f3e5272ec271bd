package marketsvc;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.sql.SQLException;

/** A range that ends some hours before it begins is of one day. */
public final class Server {
    private void ordersBetween(Context ctx) throws SQLException {
        var query = Input.query(ctx, "after", "before");
        var after = query.time("after");
        var before = query.time("before");
        if (after.toLocalDate().isAfter(before.toLocalDate())) {
            throw new BadRequestResponse("after: expected a time not later than before");
        }
        ctx.json(db.ordersBetween(after, before));
    }
}
