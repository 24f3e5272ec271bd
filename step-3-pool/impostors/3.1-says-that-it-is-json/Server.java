package marketsvc;

import io.javalin.config.RoutesConfig;

/** Prometheus does not read what calls itself JSON. */
class Server {
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
        routes.get("/metrics", ctx -> ctx.json(pool.metrics()));
    }
}
