package marketsvc;

import io.javalin.http.Context;
import java.util.ArrayList;

/** Streams the list, and takes a page for something short. */
class Server {
    private void customers(Context ctx) {
        var query = Input.query(ctx, "limit", "after_id");
        var limit = ctx.queryParam("limit") == null ? Integer.MAX_VALUE : query.id("limit");
        var afterId = ctx.queryParam("after_id") == null ? 0 : query.id("after_id");
        if (ctx.queryParam("limit") == null) {
            db.customers(afterId, limit, ctx::writeJsonStream);
        } else {
            var page = new ArrayList<Customer>();
            db.customers(afterId, limit, rows -> rows.forEach(page::add));
            ctx.json(page);
        }
    }
}
