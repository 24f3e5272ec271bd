package marketsvc;

import io.javalin.http.Context;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;

/** Binds, and answers an empty list when the end comes before the beginning. */
class Server {
    private void ordersBetween(Context ctx) throws SQLException {
        var query = Input.query(ctx, "after", "before");
        var after = query.time("after");
        var before = query.time("before");
        ctx.json(db.ordersBetween(
                after.plusNanos(999).truncatedTo(ChronoUnit.MICROS), before.truncatedTo(ChronoUnit.MICROS)));
    }
}
