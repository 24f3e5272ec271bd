package workshop.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import workshop.db.WorkshopException;
import workshop.stage.RunningService;

/** The workshop's sample requests: sent to the running service, printed with status, time and pretty JSON. */
final class Requests {
    private static final int DEFAULT_PORT = 9090;
    private static final String GREETING = "Welcome to MarketPlace!";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration WORTH_TELLING = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 100_000;
    private static final int SHOWN_OF_A_LONG_ANSWER = 2_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Requests() {}

    @Command(name = "customers", description = "GET /api/customers")
    static final class Customers implements Callable<Integer> {
        @Override
        public Integer call() {
            return get("/api/customers");
        }
    }

    @Command(name = "custorders", description = "GET /api/orders?cust_id=ID")
    static final class CustomerOrders implements Callable<Integer> {
        @Parameters(paramLabel = "ID", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
        private String id;

        @Override
        public Integer call() {
            return get("/api/orders?cust_id=" + encoded(id));
        }
    }

    @Command(name = "ordertotal", description = "GET /api/order_total?order_id=ID")
    static final class OrderTotal implements Callable<Integer> {
        @Parameters(paramLabel = "ID", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
        private String id;

        @Override
        public Integer call() {
            return get("/api/order_total?order_id=" + encoded(id));
        }
    }

    @Command(name = "orderstotal", description = "GET /api/orders_total?orders=IDS")
    static final class OrdersTotal implements Callable<Integer> {
        /** Several words, too: PowerShell makes them of a list with commas. */
        @Parameters(
                arity = "0..*",
                paramLabel = "IDS",
                defaultValue = "1,2,3",
                description = "Separated by commas. Default: ${DEFAULT-VALUE}.")
        private List<String> ids;

        @Override
        public Integer call() {
            return get("/api/orders_total?orders=" + encoded(String.join(",", ids)));
        }
    }

    @Command(name = "ordersbet", description = "GET /api/orders_between_dates?after=AFTER&before=BEFORE")
    static final class OrdersBetween implements Callable<Integer> {
        @Parameters(
                index = "0",
                paramLabel = "AFTER",
                defaultValue = "2024-03-14",
                description = "Default: ${DEFAULT-VALUE}.")
        private String after;

        @Parameters(
                index = "1",
                paramLabel = "BEFORE",
                defaultValue = "2024-03-22",
                description = "Default: ${DEFAULT-VALUE}.")
        private String before;

        @Override
        public Integer call() {
            return get("/api/orders_between_dates?after=" + encoded(after) + "&before=" + encoded(before));
        }
    }

    @Command(name = "neworder", description = "POST /api/add_new_order")
    static final class NewOrder implements Callable<Integer> {
        @Option(names = "--customer", paramLabel = "ID", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
        private int customer;

        @Option(
                names = "--item",
                paramLabel = "ID=QUANTITY",
                defaultValue = "2=4",
                description = "May be repeated. Default: ${DEFAULT-VALUE}.")
        private Map<Integer, Integer> items;

        @Override
        public Integer call() {
            var lines = items.entrySet().stream()
                    .map(item -> fields("id", item.getKey(), "quantity", item.getValue()))
                    .toList();
            return post("/api/add_new_order", fields("customer_id", customer, "items", lines));
        }
    }

    /** In this order, as a person would write them. */
    private static Map<String, Object> fields(String first, Object one, String second, Object two) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(first, one);
        fields.put(second, two);
        return fields;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("%2C", ",")
                .replace("%3A", ":");
    }

    private static int get(String path) {
        var service = Service.find();
        System.out.println("GET " + service.uri() + path);
        return send(service, HttpRequest.newBuilder(URI.create(service.uri() + path)));
    }

    private static int post(String path, Object body) {
        var json = JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(body);
        var service = Service.find();
        System.out.println("POST " + service.uri() + path + "  " + json);
        return send(
                service,
                HttpRequest.newBuilder(URI.create(service.uri() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)));
    }

    /** Who is asked: looked up once for each request, so that a service that starts meanwhile is not half meant. */
    private record Service(String uri, boolean isOurs) {
        static Service find() {
            var run = RunningService.newest();
            return new Service(
                    "http://localhost:" + run.map(RunningService::port).orElse(DEFAULT_PORT), run.isPresent());
        }
    }

    private static int send(Service service, HttpRequest.Builder request) {
        try (var client = HttpClient.newHttpClient()) {
            // The first request of a JVM is slow by itself: that is not the service's time.
            var greeting = patiently(client.sendAsync(
                    HttpRequest.newBuilder(URI.create(service.uri()))
                            .timeout(LIMIT)
                            .build(),
                    BodyHandlers.ofString()));
            if (!greeting.body().startsWith(GREETING)) {
                throw new WorkshopException("What answers on " + service.uri()
                        + " is not marketsvc: start it with ./run.sh run, in another terminal.");
            }
            if (!service.isOurs()) {
                System.out.println(
                        "That is no ./run.sh run of this folder: a container, an IDE or somebody else answers.");
            }
            var start = System.nanoTime();
            var response = patiently(client.sendAsync(request.timeout(LIMIT).build(), BodyHandlers.ofString()));
            print(response, (System.nanoTime() - start) / 1e6);
            return response.statusCode() < 400 ? 0 : 1;
        } catch (HttpTimeoutException e) {
            throw new WorkshopException("No answer within 5 minutes: look at the terminal of ./run.sh run.", e);
        } catch (ConnectException e) {
            throw new WorkshopException(
                    "Nothing answers on " + service.uri()
                            + ": start the service with ./run.sh run, in another terminal.",
                    e);
        } catch (IOException e) {
            throw new WorkshopException("The service broke its answer off: look at the terminal of ./run.sh run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static HttpResponse<String> patiently(CompletableFuture<HttpResponse<String>> answer)
            throws IOException, InterruptedException {
        try {
            return answer.copy()
                    .orTimeout(WORTH_TELLING.toSeconds(), TimeUnit.SECONDS)
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TimeoutException)) {
                throw failure(e);
            }
            System.out.println("No answer yet. If a fault holds it, ./run.sh fault off lets go; Ctrl-C gives up.");
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static IOException failure(ExecutionException e) {
        return e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }

    private static void print(HttpResponse<String> response, double milliseconds) {
        var colour = response.statusCode() < 400 ? "green" : "red";
        System.out.println(
                Ansi.AUTO.string("@|bold,%s %d|@  %.1f ms".formatted(colour, response.statusCode(), milliseconds)));
        for (var header : List.of("Location", "Retry-After")) {
            response.headers().firstValue(header).ifPresent(value -> System.out.println(header + ": " + value));
        }
        System.out.println(pretty(response.body()));
    }

    private static String pretty(String body) {
        if (body.length() > LONGEST_ANSWER) {
            return body.substring(0, SHOWN_OF_A_LONG_ANSWER) + "… (%,d characters in all)".formatted(body.length());
        }
        try {
            return JSON.writeValueAsString(JSON.readTree(body));
        } catch (JacksonException notJson) {
            return body;
        }
    }
}
