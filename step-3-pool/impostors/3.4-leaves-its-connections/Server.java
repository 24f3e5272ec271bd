package marketsvc;

import io.javalin.Javalin;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JavalinJackson3;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Leaves the end to an event of Javalin's, which comes when somebody calls its stop(), and not with a signal. */
class Server {
    Javalin app() {
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.http.maxRequestSize = 1024 * 1024;
            config.http.prefer405over404 = true;
            // Jetty's 8 KiB are too few for a thousand ids in a query.
            config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(32 * 1024));
            config.jetty.modifyServer(server -> server.setErrorHandler(Problem::refuse));
            // SIGTERM: nobody new comes in, requests in flight finish, and the connections are closed last.
            config.jetty.modifyServer(server -> server.setStopAtShutdown(true));
            config.jetty.modifyServer(server -> server.setStopTimeout(STOP_TIMEOUT.toMillis()));
            config.events.serverStopped(pool::close);
            var json = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
            config.jsonMapper(new JavalinJackson3(json.build(), true));
            config.router.handlerWrapper(endpoint -> ctx -> Problem.guard(endpoint.handler, ctx));
            config.routes.exception(Exception.class, Problem::answer);
            config.routes.exception(HttpResponseException.class, Problem::answer);
            addRoutes(config.routes);
        });
    }
}
