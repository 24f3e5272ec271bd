package marketsvc;

import io.javalin.http.Context;

/** A stream, but no pages yet. */
class Server {
    private void customers(Context ctx) {
        Input.query(ctx);
        db.customers(ctx::writeJsonStream);
    }
}
