package workshop.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import workshop.db.WorkshopException;
import workshop.stage.RunningService;

/** Shows what the running service's pool says of itself, a line whenever it changes; without a pool, what the database sees. */
@Command(
        name = "pool",
        description = "Show the connection pool of the running service, live.",
        footer = {
            "",
            "A line whenever something changes: how many connections are busy, how many requests wait for one, how long a "
                    + "connection was held on average since the line before, and how many requests were refused because none came free.",
            "A service that has no pool, or tells nothing of it, is shown as the database sees it: its sessions.",
            "Try ./run.sh fault full meanwhile, or ./run.sh fault lock customer and ./run.sh customers."
        })
final class PoolCommand implements Callable<Integer> {
    private static final Pattern SAMPLE =
            Pattern.compile("(?m)^(?:hikaricp_connections_?(\\w*)|r2dbc_pool_(\\w+)_connections)\\{[^}]*} (\\S+)$");
    /** What r2dbc-pool calls the same. */
    private static final Map<String, String> SAME = Map.of("acquired", "active", "allocated", "");

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.S");
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final int MOST_CELLS = 50;

    @Option(names = "--once", description = "Print one line and end.")
    private boolean once;

    private final Ansi ansi = Ansi.AUTO;
    private Gauges last;
    private String lastSessions = "";

    /** What HikariCP tells Micrometer, and r2dbc-pool in part; counts since the pool's start, times in seconds. */
    private record Gauges(int max, int total, int active, int waiting, long refused, long returned, double held) {
        static Optional<Gauges> of(String prometheus) {
            var samples = SAMPLE.matcher(prometheus)
                    .results()
                    .collect(Collectors.toMap(Gauges::name, found -> Double.parseDouble(found.group(3)), Double::sum));
            if (!samples.containsKey("active")) {
                return Optional.empty();
            }
            return Optional.of(new Gauges(
                    number(samples, "max"),
                    number(samples, ""),
                    number(samples, "active"),
                    number(samples, "pending"),
                    number(samples, "timeout_total"),
                    number(samples, "usage_seconds_count"),
                    samples.getOrDefault("usage_seconds_sum", 0.0)));
        }

        private static String name(MatchResult sample) {
            return sample.group(1) != null ? sample.group(1) : SAME.getOrDefault(sample.group(2), sample.group(2));
        }

        private boolean counts() {
            return returned > 0;
        }

        private static int number(Map<String, Double> samples, String name) {
            return samples.getOrDefault(name, 0.0).intValue();
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var service = RunningService.required();
        System.out.println(ansi.string(
                "@|bold " + service.stage() + "|@ on port " + service.port() + (once ? "" : "; Ctrl-C ends")));
        try (var client = HttpClient.newHttpClient()) {
            do {
                look(client, service);
                Thread.sleep(once ? Duration.ZERO : PAUSE);
            } while (!once);
            return 0;
        } catch (HttpTimeoutException e) {
            throw new WorkshopException(
                    "GET /metrics was not answered for %d s: %s is suspended, or (until 5.1) all of its threads wait."
                            .formatted(ANSWER_LIMIT.toSeconds(), service.stage()),
                    e);
        } catch (IOException e) {
            throw new WorkshopException("The service of " + service.stage() + " has ended.", e);
        }
    }

    private void look(HttpClient client, RunningService service) throws IOException, InterruptedException {
        var metrics = get(client, service.port(), "/metrics");
        var gauges = metrics.statusCode() == 200 ? Gauges.of(metrics.body()) : Optional.<Gauges>empty();
        if (gauges.isPresent()) {
            if (!gauges.get().equals(last)) {
                System.out.println(ansi.string(line(gauges.get())));
                last = gauges.get();
            }
            return;
        }
        // A pool that opens with its first request shows from then on.
        var sessions = get(client, service.controlPort(), "/").body();
        if (!sessions.equals(lastSessions)) {
            System.out.println(LocalTime.now().format(CLOCK) + "  no pool; connections in the database: " + sessions);
            lastSessions = sessions;
        }
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(ANSWER_LIMIT)
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String line(Gauges now) {
        var cells = Math.min(now.max(), MOST_CELLS);
        var busy = now.active() * cells / Math.max(1, now.max());
        var open = now.total() * cells / Math.max(1, now.max());
        var returned = last == null ? now.returned() : now.returned() - last.returned();
        var held = last == null ? now.held() : now.held() - last.held();
        return "%s  @|yellow %s|@%s%s  %2d of %d busy   %3d waiting%s%s%s"
                .formatted(
                        LocalTime.now().format(CLOCK),
                        "█".repeat(busy),
                        "░".repeat(Math.max(0, open - busy)),
                        " ".repeat(Math.max(0, cells - open)),
                        now.active(),
                        now.max(),
                        now.waiting(),
                        now.counts() ? String.format(Locale.ROOT, "   %,6d served", now.returned()) : "",
                        returned > 0 ? String.format(Locale.ROOT, "   held %.1f ms each", 1000 * held / returned) : "",
                        now.refused() > 0 ? "   @|red " + now.refused() + " refused|@" : "");
    }
}
