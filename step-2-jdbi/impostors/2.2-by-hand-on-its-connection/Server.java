package marketsvc;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Map;

/** Its handler. */
class Server {
    private void addNewOrder(Context ctx) throws Exception {
        var orderId = db.add(Input.newOrder(ctx));
        ctx.status(HttpStatus.CREATED)
                .header(Header.LOCATION, "/api/order_total?order_id=" + orderId)
                .json(Map.of("order_id", orderId));
    }
}
