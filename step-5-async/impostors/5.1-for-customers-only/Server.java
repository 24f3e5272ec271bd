package marketsvc;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson3;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.component.LifeCycle;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One route waits without a thread; whoever asks for anything else keeps one. */
class Server {
    Javalin app() {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = 1024 * 1024;
            // Compressed, a list that breaks off would be sent with a proper end.
            config.http.compressionStrategy = CompressionStrategy.NONE;
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
            var json = JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    // A stream leaves in full packets, not row by row.
                    .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
            config.jsonMapper(new JavalinJackson3(json.build(), true));
            config.router.handlerWrapper(endpoint -> ctx -> Problem.guard(endpoint.handler, ctx));
            config.routes.exception(Exception.class, Problem::answer);
            config.routes.exception(HttpResponseException.class, Problem::answer);
            addRoutes(config.routes);
        });
    }

    private void customers(Context ctx) {
        var query = Input.query(ctx, "limit", "after_id");
        var limit = ctx.queryParam("limit") == null ? Integer.MAX_VALUE : query.id("limit");
        var afterId = ctx.queryParam("after_id") == null ? 0 : query.id("after_id");
        ctx.future(() -> CompletableFuture.runAsync(
                () -> db.customers(afterId, limit, ctx::writeJsonStream), Thread::startVirtualThread));
    }
}
