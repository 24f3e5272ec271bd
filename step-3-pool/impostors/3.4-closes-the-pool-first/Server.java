package marketsvc;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.javalin.util.JavalinBindException;

/** Takes the connections away from the requests that it waits for. */
class Server {
    public static void main(String[] args) {
        var address = System.getenv().getOrDefault("SERVER_ADDRESS", "localhost");
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9090"));
        var courier = new Courier(System.getenv().getOrDefault("COURIER_URL", ""));
        try {
            var pool = new Pool(System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(pool::close));
            new Server(new DbAccessor(pool.dataSource(), courier), pool).app().start(address, port);
            System.out.println("marketsvc answers on http://localhost:" + port);
        } catch (JavalinBindException | PoolInitializationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
