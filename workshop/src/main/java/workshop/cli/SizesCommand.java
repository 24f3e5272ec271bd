package workshop.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import workshop.bench.Answer;
import workshop.bench.Generator;
import workshop.bench.Load;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.faults.Relay;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;
import workshop.stage.StageProcess;

/** Measures what the size of the pool does to throughput and to the slowest requests: exercise 3.5's curve, on this machine. */
@Command(
        name = "sizes",
        description = "Measure one step with pools of several sizes.",
        footer = {
            "",
            "Clients ask for totals of random orders, each the next one as soon as it has its answer. Compare the lines of one "
                    + "run with each other, not with another machine's. The service has to obey POOL_SIZE (exercise 3.5).",
            "Examples: ./run.sh sizes 3 solved · ./run.sh sizes 3 --latency 2"
        })
final class SizesCommand implements Callable<Integer> {
    private static final int CUSTOMERS = 1000;
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

    private record Result(int size, Answer answer) {}

    @Override
    public Integer call() throws IOException {
        requireSensibleNumbers();
        var source = arguments.stage();
        var stage = StageCompiler.require(
                source.compiledTo(StageCompiler.temporaryFolder().resolve("sizes")), source.name());
        try (var db = MarketDb.unwatched();
                var relay = Relay.to(db.address());
                var generator = Generator.start()) {
            db.generate(CUSTOMERS, ORDERS, 1);
            var url = latency > 0 ? db.urlThrough(relay.port(), source.name()) : db.url(source.name());
            relay.latency(Duration.ofMillis(latency));
            var results = new ArrayList<Result>();
            for (var size : sizes) {
                System.err.printf("\rpool of %d … ", size);
                results.add(new Result(size, measure(generator, stage, url, size)));
            }
            System.err.print("\r");
            print(source.name(), results);
        }
        return 0;
    }

    private Answer measure(Generator generator, Stage stage, String url, int size) {
        var service = StageProcess.of(stage, url)
                // The second compiler, which quick starts do without.
                .jvmOptions("-XX:TieredStopAtLevel=4")
                .environment("POOL_SIZE", size)
                .withoutArchive()
                .withoutSettingsOfTheShell()
                .start();
        try {
            var load = new Load(service.port(), "total", clients, 0, seconds * 1000L, ORDERS, CUSTOMERS, size);
            generator.run(load);
            return generator.run(load);
        } finally {
            service.retire();
        }
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

    private void print(String stage, List<Result> results) {
        System.out.printf(
                "%s, %d clients, %d ms to the database, %d processors, JDK %s%n%n",
                stage, clients, latency, Runtime.getRuntime().availableProcessors(), Runtime.version());
        System.out.printf("pool%" + (BAR + 14) + "s%10s%10s%10s%n", "totals/s", "p50 ms", "p99 ms", "refused");
        var best = results.stream()
                .mapToDouble(result -> result.answer().perSecond())
                .max()
                .orElse(1);
        for (var result : results) {
            var answer = result.answer();
            var cells = (int) Math.round(BAR * answer.perSecond() / Math.max(1, best));
            System.out.printf(
                    "%4d  %-" + BAR + "s %,11.0f%10.1f%10.1f%,10d%n",
                    result.size(),
                    "█".repeat(cells),
                    answer.perSecond(),
                    answer.latency().p50() / 1000,
                    answer.latency().p99() / 1000,
                    answer.bad().values().stream().mapToLong(Long::longValue).sum());
        }
    }
}
