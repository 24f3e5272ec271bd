package marketsvc;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.ServiceUnavailableResponse;
import io.javalin.json.JavalinJackson3;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.component.LifeCycle;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP side of marketsvc: its routes, and the wiring of everything. */
class Server {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final DbAccessor db;
    private final Pool pool;

    Server(DbAccessor db, Pool pool) {
        this.db = db;
        this.pool = pool;
    }

    public static void main(String[] args) {
        try {
            // Other machines reach it only where somebody wants that.
            var address = System.getenv().getOrDefault("SERVER_ADDRESS", "localhost");
            var port = Pool.number(System.getenv(), "PORT", 9090, 1, 65_535);
            var courier = new Courier(System.getenv().getOrDefault("COURIER_URL", ""));
            var pool = new Pool(System.getenv());
            // TODO 4.4: to find the few orders of a day, the database reads all orders there are.
            //  What helps belongs into the schema: bring it along (resources/migrations.sql), at each start.
            new Server(new DbAccessor(pool.dataSource(), courier), pool).app().start(address, port);
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
            // TODO 4.6: what is compressed has a proper end, whatever became of the list:
            //  one that broke off looks whole.
            config.http.prefer405over404 = true;
            // Jetty's 8 KiB are too few for a thousand ids in a query.
            config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(32 * 1024));
            config.jetty.modifyServer(server -> server.setErrorHandler(Problem::refuse));
            // SIGTERM: nobody new comes in, requests in flight finish, and the connections are closed last.
            config.jetty.modifyServer(server -> server.setStopAtShutdown(true));
            config.jetty.modifyServer(server -> server.setStopTimeout(STOP_TIMEOUT.toMillis()));
            // Javalin's own event comes with app.stop() only, which a signal does not call.
            config.jetty.modifyServer(server -> server.addEventListener(new LifeCycle.Listener() {
                @Override
                public void lifeCycleStopped(LifeCycle stopped) {
                    pool.close();
                }

                @Override // a stop that took longer than its patience, or a start that failed
                public void lifeCycleFailure(LifeCycle failed, Throwable cause) {
                    pool.close();
                }
            }));
            var json = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
            config.jsonMapper(new JavalinJackson3(json.build(), true));
            config.router.handlerWrapper(endpoint -> ctx -> Problem.guard(endpoint.handler, ctx));
            config.routes.exception(Exception.class, Problem::answer);
            config.routes.exception(HttpResponseException.class, Problem::answer);
            addRoutes(config.routes);
        });
    }

    private void addRoutes(RoutesConfig routes) {
        routes.get("/", ctx -> ctx.result("Welcome to MarketPlace!"));
        routes.get("/api/customers", this::customers);
        routes.get(
                "/api/orders",
                ctx -> ctx.json(db.ordersOf(Input.query(ctx, "cust_id").id("cust_id"))));
        routes.get("/api/order_total", this::orderTotal);
        routes.get(
                "/api/orders_total",
                ctx -> ctx.json(db.totalsOf(Input.query(ctx, "orders").ids("orders"))));
        routes.post("/api/orders_total", ctx -> ctx.json(db.totalsOf(Input.orderIds(ctx))));
        routes.get("/api/orders_between_dates", this::ordersBetween);
        routes.post("/api/add_new_order", this::addNewOrder);
        routes.get("/health", this::health);
        routes.get("/metrics", ctx -> ctx.result(pool.metrics()));
    }

    // TODO 4.5: ?limit=20&after_id=40 is refused. Serve pages, the last of a thousand at the price of the first.
    private void customers(Context ctx) {
        Input.query(ctx);
        ctx.json(db.customers());
    }

    private void orderTotal(Context ctx) {
        var orderId = Input.query(ctx, "order_id").id("order_id");
        ctx.json(db.totalsOf(List.of(orderId)).getFirst());
    }

    private void ordersBetween(Context ctx) {
        var query = Input.query(ctx, "after", "before");
        var after = query.time("after");
        var before = query.time("before");
        if (after.isAfter(before)) {
            throw new BadRequestResponse("after: expected a time not later than before");
        }
        // PostgreSQL keeps microseconds: finer bounds move inwards.
        ctx.json(db.ordersBetween(
                after.plusNanos(999).truncatedTo(ChronoUnit.MICROS), before.truncatedTo(ChronoUnit.MICROS)));
    }

    private void health(Context ctx) {
        Input.query(ctx);
        if (!pool.isUp()) {
            throw new ServiceUnavailableResponse("No connection to the database answered in time.");
        }
        ctx.json(Map.of("status", "up"));
    }

    private void addNewOrder(Context ctx) {
        var orderId = db.add(Input.newOrder(ctx));
        ctx.status(HttpStatus.CREATED)
                .header(Header.LOCATION, "/api/order_total?order_id=" + orderId)
                .json(Map.of("order_id", orderId));
    }
}
