package marketsvc;

import io.javalin.http.Context;

/** Gives twenty to who asks for all. */
class Server {
    private void customers(Context ctx) {
        var query = Input.query(ctx, "limit", "after_id");
        var limit = ctx.queryParam("limit") == null ? 20 : query.id("limit");
        var afterId = ctx.queryParam("after_id") == null ? 0 : query.id("after_id");
        db.customers(afterId, limit, ctx::writeJsonStream);
    }
}
