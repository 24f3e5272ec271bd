package marketsvc;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.sql.SQLException;

/** Refuses a range that goes backwards, and does not tell the client what to change. */
public final class Server {
    private void ordersBetween(Context ctx) throws SQLException {
        var query = Input.query(ctx, "after", "before");
        var after = query.time("after");
        var before = query.time("before");
        if (after.isAfter(before)) {
            throw new BadRequestResponse("The range is reversed.");
        }
        ctx.json(db.ordersBetween(after, before));
    }
}
