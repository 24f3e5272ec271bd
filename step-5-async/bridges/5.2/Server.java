package marketsvc;

import io.javalin.http.Context;
import java.util.List;

/** Whoever waits for tasks can be interrupted. */
class Server {
    private void orderTotal(Context ctx) throws InterruptedException {
        var orderId = Input.query(ctx, "order_id").id("order_id");
        ctx.json(db.totalsOf(List.of(orderId)).getFirst());
    }
}
