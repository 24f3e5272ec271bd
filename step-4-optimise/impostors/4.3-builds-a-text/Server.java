package marketsvc;

import io.javalin.http.Context;
import java.util.StringJoiner;

/** Streams from the database, and builds the answer in memory. */
class Server {
    private void customers(Context ctx) {
        var query = Input.query(ctx, "limit", "after_id");
        var limit = ctx.queryParam("limit") == null ? Integer.MAX_VALUE : query.id("limit");
        var afterId = ctx.queryParam("after_id") == null ? 0 : query.id("after_id");
        var json = new StringJoiner(",", "[", "]");
        db.customers(
                afterId,
                limit,
                customers -> customers.forEach(
                        customer -> json.add(ctx.jsonMapper().toJsonString(customer, Customer.class))));
        ctx.contentType("application/json").result(json.toString());
    }
}
