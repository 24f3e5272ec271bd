package marketsvc;

import io.javalin.http.Context;
import java.sql.SQLException;

/** Hands the texts on as they came. */
class Server {
    private void ordersBetween(Context ctx) throws SQLException {
        var query = Input.query(ctx, "after", "before");
        ctx.json(db.ordersBetween(query.text("after"), query.text("before")));
    }
}
