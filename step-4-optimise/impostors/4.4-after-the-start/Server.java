package marketsvc;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.javalin.util.JavalinBindException;
import org.jdbi.v3.core.JdbiException;

/** Who asks while the index is built waits, and who asks before finds none. */
class Server {
    public static void main(String[] args) {
        try {
            var address = System.getenv().getOrDefault("SERVER_ADDRESS", "localhost");
            var port = Pool.number(System.getenv(), "PORT", 9090, 1, 65_535);
            var courier = new Courier(System.getenv().getOrDefault("COURIER_URL", ""));
            var pool = new Pool(System.getenv());
            var db = new DbAccessor(pool.dataSource(), courier);
            new Server(db, pool).app().start(address, port);
            db.migrate();
            System.out.println("marketsvc answers on http://localhost:" + port);
        } catch (JavalinBindException | PoolInitializationException | IllegalArgumentException | JdbiException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
