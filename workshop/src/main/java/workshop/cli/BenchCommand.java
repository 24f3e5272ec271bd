package workshop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import workshop.bench.Bench;
import workshop.bench.Options;
import workshop.db.WorkshopException;
import workshop.stage.Repository;

/** Measures the steps against each other, on this machine. */
@Command(
        name = "bench",
        description = "Measure the steps against each other.",
        footer = {
            "",
            "Steps in turn, several rounds, over the same data; takes about an hour and the whole machine, --quick about ten minutes.",
            "Compare the lines of one run with each other, not with another machine's.",
            "Workloads: total (an order's total), orders (a customer's), totals (20 in one request), list (100,000 customers), "
                    + "new (an order of 3 items), slow (each query waits 20 ms in the database), mixed.",
            "Examples: ./run.sh bench --quick · ./run.sh bench --stages 3,5,5-reactive,6/exercise --workloads total,slow"
        })
final class BenchCommand implements Callable<Integer> {
    private static final List<String> ALL = List.of("total", "orders", "totals", "list", "new", "mixed", "slow");
    private static final List<String> QUICK = List.of("total", "list");

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "One short round of the workloads that tell most.")
    private boolean quick;

    @Option(
            names = "--stages",
            split = ",",
            paramLabel = "STEP",
            defaultValue = "1,2,3,4,5,5-reactive,6",
            description = "Solved steps, or 3/exercise for yours. Default: ${DEFAULT-VALUE}.")
    private List<String> stages;

    @Option(names = "--workloads", split = ",", paramLabel = "NAME", description = "Default: all.")
    private List<String> workloads;

    @Option(names = "--rounds", paramLabel = "N", description = "Default: 2.")
    private Integer rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "For each load, the list four times as long. Default: 2.")
    private Integer seconds;

    @Option(names = "--connections", split = ",", paramLabel = "N", description = "Of total. Default: 1,8,64,256.")
    private List<Integer> connections;

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "N",
            description = "Of total, requests a second, answered or not. Default: 1000.")
    private List<Integer> rates;

    @Option(names = "--pools", split = ",", paramLabel = "N", description = "Of slow. Default: 10,64.")
    private List<Integer> pools;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "100000",
            description = "In the list. Default: ${DEFAULT-VALUE}.")
    private int customers;

    @Option(names = "--json", paramLabel = "FILE", description = "Default: .workshop/bench.json.")
    private Path json;

    @Override
    public Integer call() throws InterruptedException {
        var options = new Options(
                stages,
                or(workloads, quick ? QUICK : ALL),
                or(rounds, quick ? 1 : 2),
                or(seconds, quick ? 1 : 2),
                or(connections, quick ? List.of(64) : List.of(1, 8, 64, 256)),
                or(rates, quick ? List.of() : List.of(1000)),
                or(pools, quick ? List.of(10) : List.of(10, 64)),
                customers,
                command());
        var file = or(json, Repository.state().resolve("bench.json"));
        makeRoomFor(file);
        var results = new Bench(options).run(Ansi.AUTO.enabled());
        results.print(System.out);
        if (quick) {
            System.out.println("\nThis was one short round: only large differences mean something.");
        }
        // After the table: a full disk does not take an hour's figures away.
        results.write(file);
        System.out.println("\nAll figures: " + file);
        if (!results.problem().isEmpty()) {
            throw new WorkshopException("The benchmark ended early: " + results.problem());
        }
        return 0;
    }

    /** An hour from now is late to say that there is no such folder. */
    private static void makeRoomFor(Path file) {
        if (Files.isDirectory(file)) {
            throw new WorkshopException("--json takes a file, and " + file + " is a folder: name a file in it.");
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new WorkshopException(
                    "The figures cannot go to " + file + ": name a file in a folder with --json.", e);
        }
        if (!Files.isWritable(Files.exists(file) ? file : file.toAbsolutePath().getParent())) {
            throw new WorkshopException("The figures cannot go to " + file + ", which may not be written.");
        }
    }

    private static <T> T or(T chosen, T usual) {
        return chosen == null ? usual : chosen;
    }

    /** @return what was said, but for the file: where results go is no part of what was measured */
    private String command() {
        var words =
                new ArrayList<>(spec.commandLine().getParent().getParseResult().originalArgs());
        words.removeIf(word -> word.startsWith("--json="));
        var option = words.indexOf("--json");
        if (option >= 0) {
            words.subList(option, option + 2).clear();
        }
        return "./run.sh " + String.join(" ", words);
    }
}
