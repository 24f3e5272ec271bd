package marketsvc;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;

/** Whoever ordered in the last second of the range is not found. */
class Server {
    private void ordersBetween(Context ctx) throws SQLException {
        var query = Input.query(ctx, "after", "before");
        var after = query.time("after");
        var before = query.time("before");
        if (after.isAfter(before)) {
            throw new BadRequestResponse("after: expected a time not later than before");
        }
        ctx.json(db.ordersBetween(
                after.plusNanos(999).truncatedTo(ChronoUnit.MICROS), before.truncatedTo(ChronoUnit.SECONDS)));
    }
}
