package marketsvc;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.sql.SQLException;

/** Compares the dates as texts, and hands them on as they came. */
class Server {
    private void ordersBetween(Context ctx) throws SQLException {
        var query = Input.query(ctx, "after", "before");
        var after = query.text("after");
        var before = query.text("before");
        if (after.compareTo(before) > 0) {
            throw new BadRequestResponse("after: expected a time not later than before");
        }
        ctx.json(db.ordersBetween(after, before));
    }
}
