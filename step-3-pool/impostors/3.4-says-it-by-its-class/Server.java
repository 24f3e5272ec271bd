package marketsvc;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.javalin.util.JavalinBindException;

/** Ends with a line that begins with the name of a class, which means nothing to whoever starts it. */
class Server {
    public static void main(String[] args) {
        try {
            // Other machines reach it only where somebody wants that.
            var address = System.getenv().getOrDefault("SERVER_ADDRESS", "localhost");
            var port = Pool.number(System.getenv(), "PORT", 9090, 1, 65_535);
            var courier = new Courier(System.getenv().getOrDefault("COURIER_URL", ""));
            var pool = new Pool(System.getenv());
            new Server(new DbAccessor(pool.dataSource(), courier), pool).app().start(address, port);
            System.out.println("marketsvc answers on http://localhost:" + port);
        } catch (JavalinBindException | PoolInitializationException | IllegalArgumentException e) {
            System.err.println(e);
            System.exit(2);
        }
    }
}
