package marketsvc;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.javalin.util.JavalinBindException;

/** Leaves the index to the requests. */
class Server {
    public static void main(String[] args) {
        try {
            var address = System.getenv().getOrDefault("SERVER_ADDRESS", "localhost");
            var port = Pool.number(System.getenv(), "PORT", 9090, 1, 65_535);
            var courier = new Courier(System.getenv().getOrDefault("COURIER_URL", ""));
            var pool = new Pool(System.getenv());
            new Server(new DbAccessor(pool.dataSource(), courier), pool).app().start(address, port);
            System.out.println("marketsvc answers on http://localhost:" + port);
        } catch (JavalinBindException | PoolInitializationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
