package marketsvc;

import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.json.JavalinJackson3;
import io.javalin.util.JavalinBindException;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP side of marketsvc: its routes, and the wiring of everything. */
class Server {
    private static final String DEFAULT_URL = "jdbc:postgresql://localhost:5432/marketdb?user=market&password=market";

    private final DbAccessor db;

    Server(DbAccessor db) {
        this.db = db;
    }

    public static void main(String[] args) {
        // Other machines reach it only where somebody wants that.
        var address = System.getenv().getOrDefault("SERVER_ADDRESS", "localhost");
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9090"));
        var dataSource = new PGSimpleDataSource();
        dataSource.setURL(System.getenv().getOrDefault("MARKETDB_URL", DEFAULT_URL));
        var courier = new Courier(System.getenv().getOrDefault("COURIER_URL", ""));
        try {
            new Server(new DbAccessor(dataSource, courier)).app().start(address, port);
            System.out.println("marketsvc answers on http://localhost:" + port);
        } catch (JavalinBindException e) {
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
    }

    private void customers(Context ctx) throws SQLException {
        Input.query(ctx);
        ctx.json(db.customers());
    }

    private void orderTotal(Context ctx) throws SQLException {
        var orderId = Input.query(ctx, "order_id").id("order_id");
        ctx.json(db.totalsOf(List.of(orderId)).getFirst());
    }

    private void ordersBetween(Context ctx) throws SQLException {
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

    private void addNewOrder(Context ctx) throws SQLException {
        var orderId = db.add(Input.newOrder(ctx));
        ctx.status(HttpStatus.CREATED)
                .header(Header.LOCATION, "/api/order_total?order_id=" + orderId)
                .json(Map.of("order_id", orderId));
    }
}
