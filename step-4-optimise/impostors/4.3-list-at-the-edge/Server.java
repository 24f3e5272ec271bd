package marketsvc;

import io.javalin.http.Context;

/** Streams from the database, and collects at the edge. */
class Server {
    private void customers(Context ctx) {
        var query = Input.query(ctx, "limit", "after_id");
        var limit = ctx.queryParam("limit") == null ? Integer.MAX_VALUE : query.id("limit");
        var afterId = ctx.queryParam("after_id") == null ? 0 : query.id("after_id");
        db.customers(afterId, limit, customers -> ctx.json(customers.toList()));
    }
}
