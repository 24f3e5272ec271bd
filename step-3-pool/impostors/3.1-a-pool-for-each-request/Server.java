package marketsvc;

import io.javalin.http.Context;

/** Makes a pool for each request for customers: who comes next does not know of it. */
class Server {
    private void customers(Context ctx) {
        Input.query(ctx);
        var ownPool = new Pool(System.getenv());
        ctx.json(new DbAccessor(ownPool.dataSource(), new Courier("")).customers());
        ownPool.close();
    }
}
