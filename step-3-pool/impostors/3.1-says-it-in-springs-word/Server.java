package marketsvc;

import io.javalin.http.Context;
import io.javalin.http.ServiceUnavailableResponse;
import java.util.Map;

/** UP, as another framework has it. */
class Server {
    private void health(Context ctx) {
        Input.query(ctx);
        if (!pool.isUp()) {
            throw new ServiceUnavailableResponse("No connection to the database answered in time.");
        }
        ctx.json(Map.of("status", "UP"));
    }
}
