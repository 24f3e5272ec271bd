package workshop.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workshop.db.WorkshopException;

/** Takes the orders of {@code ./run.sh fault}, and the questions of {@code pool}, in the process of {@code run}, which holds the line and the database. */
public final class FaultDesk {
    private static final String USAGE =
            "Say one of: " + Stream.of(Fault.values()).map(Fault::words).collect(Collectors.joining(" · "));
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s)?");
    private static final int FULL = 64;

    private final Faults faults;
    private final URI service;

    private FaultDesk(Faults faults, URI service) {
        this.faults = faults;
        this.service = service;
    }

    /** @return the port, on the loopback address, that takes a fault's words as the body of a POST, and tells a GET of the sessions */
    public static int open(Faults faults, URI service) throws IOException {
        var desk = new FaultDesk(faults, service);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", desk::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var words = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var status = 200;
            String answer;
            try {
                // A browser tells whose page is asking: none is to break the database of who looks at it.
                if (exchange.getRequestHeaders().containsKey("Origin")) {
                    throw new WorkshopException("Faults are made by ./run.sh fault, and by no web page.");
                }
                answer = exchange.getRequestMethod().equals("GET")
                        ? faults.sessions()
                        : turn(List.of(words.strip().split("\\s+")));
            } catch (WorkshopException e) {
                status = 400;
                answer = e.getMessage();
            } catch (RuntimeException e) {
                status = 500;
                answer = "That went wrong: " + e + ". Say ./run.sh fault off, and try again.";
            }
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** @return what is wrong now, in a sentence */
    private String turn(List<String> words) {
        var value = words.size() > 1 ? words.get(1) : "";
        var fault = Fault.of(words.getFirst()).orElseThrow(() -> new WorkshopException(USAGE));
        return switch (fault) {
            case LATENCY -> {
                var latency = duration(value);
                faults.relay().latency(latency);
                yield "Each round trip to the database takes " + latency.toMillis() + " ms longer.";
            }
            case CUT -> {
                faults.relay().cutAfter(number(value));
                yield "The line to the database is cut after " + value + " more bytes of its answers.";
            }
            case KILL -> "Killed " + faults.killSessions() + " sessions of the service.";
            case STOP -> {
                faults.stopDatabase();
                yield "The database is stopped.";
            }
            case START -> {
                faults.startDatabase();
                yield "The database runs.";
            }
            case LOCK -> {
                faults.lock(value);
                yield "Statements on " + value + " wait.";
            }
            case FULL -> {
                faults.fillPool(service, FULL);
                yield FULL + " requests wait for the database.";
            }
            case SLOW_READER -> {
                faults.readSlowly(service, number(value) * 1000);
                yield "A client reads /api/customers at " + value + " kB/s.";
            }
            case COURIER -> {
                var pause = duration(value);
                faults.courier().takes(pause);
                yield "The courier takes " + pause.toMillis() + " ms to answer.";
            }
            case OFF -> {
                faults.off();
                yield "All is well again.";
            }
            case END -> throw new WorkshopException("The service is told to end by ./run.sh fault end.");
        };
    }

    private static Duration duration(String text) {
        var parsed = DURATION.matcher(text);
        if (!parsed.matches()) {
            throw new WorkshopException("\"" + text + "\" is no duration: say 50ms or 2s.");
        }
        var amount = Long.parseLong(parsed.group(1));
        return "s".equals(parsed.group(2)) ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,6}")) {
            throw new WorkshopException("\"" + text + "\" is no number from 0 to 999999.");
        }
        return Integer.parseInt(text);
    }
}
