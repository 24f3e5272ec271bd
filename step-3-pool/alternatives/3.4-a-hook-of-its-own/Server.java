package marketsvc;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.javalin.Javalin;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson3;
import io.javalin.util.JavalinBindException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Stops by a shutdown hook instead of Jetty's. */
class Server {
    public static void main(String[] args) {
        var address = System.getenv().getOrDefault("SERVER_ADDRESS", "localhost");
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9090"));
        var courier = new Courier(System.getenv().getOrDefault("COURIER_URL", ""));
        try {
            var pool = new Pool(System.getenv());
            var app = new Server(new DbAccessor(pool.dataSource(), courier), pool).app();
            app.start(address, port);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                app.stop();
                pool.close();
            }));
            System.out.println("marketsvc answers on http://localhost:" + port);
        } catch (JavalinBindException | PoolInitializationException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    Javalin app() {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = 1024 * 1024;
            config.http.prefer405over404 = true;
            // Jetty's 8 KiB are too few for a thousand ids in a query.
            config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(32 * 1024));
            config.jetty.modifyServer(server -> server.setErrorHandler(Problem::refuse));
            // SIGTERM: nobody new comes in, requests in flight finish, and the connections are closed last.
            config.jetty.modifyServer(server -> server.setStopTimeout(STOP_TIMEOUT.toMillis()));
            var json = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
            config.jsonMapper(new JavalinJackson3(json.build(), true));
            config.router.handlerWrapper(endpoint -> ctx -> Problem.guard(endpoint.handler, ctx));
            config.routes.exception(Exception.class, Problem::answer);
            config.routes.exception(HttpResponseException.class, Problem::answer);
            addRoutes(config.routes);
        });
    }
}
