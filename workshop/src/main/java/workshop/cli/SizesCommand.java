package workshop.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.faults.Relay;
import workshop.stage.StageCompiler;
import workshop.stage.StageProcess;

/** Measures what the size of the pool does to throughput and to the slowest requests: exercise 3.5's curve, on this machine. */
@Command(
        name = "sizes",
        description = "Measure one step with pools of several sizes.",
        footer = {
            "",
            "Clients ask for totals of random orders, each the next one as soon as it has its answer. Compare the lines of one",
            "run with each other, not with another machine's. The service has to obey POOL_SIZE (exercise 3.5).",
            "Examples: ./run.sh sizes 3 solved · ./run.sh sizes 3 --latency 2"
        })
final class SizesCommand implements Callable<Integer> {
    private static final int ORDERS = 100_000;
    private static final int BAR = 30;

    @Mixin
    private StageArguments arguments;

    @Option(
            names = "--pools",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2,4,10,50",
            description = "The sizes. Default: ${DEFAULT-VALUE}.")
    private List<Integer> sizes;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "4",
            description = "For each size, after as long to warm up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Of the line to the database, as if that were on another machine. Default: ${DEFAULT-VALUE}.")
    private int latency;

    private record Result(int size, double perSecond, Histogram latencies, long refused) {}

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        requireSensibleNumbers();
        var source = arguments.stage();
        var classes = StageCompiler.temporaryFolder();
        var stage = source.compiledTo(classes.resolve("sizes"));
        var compiled = StageCompiler.compile(stage);
        if (!compiled.succeeded()) {
            System.out.println(compiled.messages() + source.name() + " does not compile.");
            return 1;
        }
        var db = MarketDb.shared();
        db.generate(1000, ORDERS, 1);
        db.prepareMeasuring();
        try (var relay = Relay.to(db.address())) {
            var url = latency > 0 ? db.urlThrough(relay.port(), source.name()) : db.url(source.name());
            relay.latency(Duration.ofMillis(latency));
            var results = new ArrayList<Result>();
            for (var size : sizes) {
                System.err.printf("\rpool of %d … ", size);
                var service = StageProcess.of(stage, url)
                        // The second compiler, which quick starts do without.
                        .jvmOptions("-XX:TieredStopAtLevel=4")
                        .environment("POOL_SIZE", size)
                        .start();
                load(service.baseUri(), size);
                results.add(load(service.baseUri(), size));
                service.retire();
            }
            System.err.print("\r");
            print(source.name(), results);
        }
        return 0;
    }

    private void requireSensibleNumbers() {
        if (sizes.stream().anyMatch(size -> size < 1 || size > 100)) {
            throw new WorkshopException("--pools takes sizes from 1 to 100, as in 1,2,4.");
        }
        if (clients < 1 || clients > 1000 || seconds < 1 || seconds > 60 || latency < 0 || latency > 1000) {
            throw new WorkshopException(
                    "--clients takes 1 to 1000, --seconds takes 1 to 60, --latency takes 0 to 1000.");
        }
    }

    private Result load(URI service, int size) throws InterruptedException, ExecutionException {
        var latencies = new ConcurrentHistogram(3);
        var refused = new AtomicLong();
        var start = System.nanoTime();
        var end = start + Duration.ofSeconds(seconds).toNanos();
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var i = 0; i < clients; i++) {
                var random = new Random(i);
                running.add(threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        var order = 4 + random.nextInt(ORDERS);
                        var request = HttpRequest.newBuilder(service.resolve("/api/order_total?order_id=" + order));
                        var sent = System.nanoTime();
                        var status = client.send(request.build(), BodyHandlers.discarding())
                                .statusCode();
                        latencies.recordValue((System.nanoTime() - sent) / 1000);
                        if (status != 200) {
                            refused.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            for (var one : running) {
                one.get();
            }
        }
        var took = (System.nanoTime() - start) / 1e9;
        return new Result(size, (latencies.getTotalCount() - refused.get()) / took, latencies, refused.get());
    }

    private void print(String stage, List<Result> results) {
        System.out.printf(
                "%s, %d clients, %d ms to the database, %d processors, JDK %s%n%n",
                stage, clients, latency, Runtime.getRuntime().availableProcessors(), Runtime.version());
        System.out.printf("pool%" + (BAR + 14) + "s%10s%10s%10s%n", "totals/s", "p50 ms", "p99 ms", "refused");
        var best = results.stream().mapToDouble(Result::perSecond).max().orElse(1);
        for (var result : results) {
            var cells = (int) Math.round(BAR * result.perSecond() / best);
            System.out.printf(
                    "%4d  %-" + BAR + "s %,11.0f%10.1f%10.1f%,10d%n",
                    result.size(),
                    "█".repeat(cells),
                    result.perSecond(),
                    result.latencies().getValueAtPercentile(50) / 1000.0,
                    result.latencies().getValueAtPercentile(99) / 1000.0,
                    result.refused());
        }
    }
}
