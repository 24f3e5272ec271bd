package workshop.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import workshop.contract.Seed;
import workshop.db.MarketDb;
import workshop.db.Ports;
import workshop.db.WorkshopException;
import workshop.faults.Courier;
import workshop.faults.FaultDesk;
import workshop.faults.Faults;
import workshop.faults.Relay;
import workshop.stage.RunningService;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;
import workshop.stage.StageProcess;
import workshop.witness.SqlEcho;

/** Runs a stage on a fresh database and shows the SQL that the server sees. */
@Command(
        name = "run",
        description = "Run a step on a fresh database and show the SQL that it sees.",
        footer = {"", "Examples: ./run.sh run · ./run.sh run 1 solved · ./run.sh run --watch"})
final class RunCommand implements Callable<Integer> {
    private static final long MOST_ROWS = 20_000_000;
    /** HotSpot's exit code with {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int OUT_OF_MEMORY = 3;

    /** Where editors look for a debugger's other end unless told otherwise. */
    private static final int USUAL_DEBUG_PORT = 5005;

    private static final int TERMINATED = 143;
    private static final int ENDED_ON_WINDOWS = 1;

    @Mixin
    private StageArguments arguments;

    @Option(names = "--watch", description = "Recompile and restart when a source file is saved.")
    private boolean watch;

    @Option(names = "--quiet", description = "Do not show the SQL.")
    private boolean quiet;

    @Option(names = "--traces", description = "Show stack traces whole, with the frames of libraries.")
    private boolean wholeTraces;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "${env:PORT:-9090}",
            description = "Where the service answers; the next free port when it is taken. Default: PORT, or 9090.")
    private int preferredPort;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description =
                    "The most memory that the service may use for objects, such as 64m; it ends when that is full.")
    private String heap;

    @Option(names = "--debug", description = "Let a debugger attach, at any time: on port 5005, or the next free one.")
    private boolean debug;

    @Option(names = "--customers", paramLabel = "N", description = "Generate N more customers.")
    private long customers;

    @Option(names = "--orders", paramLabel = "N", description = "Generate N more orders.")
    private long orders;

    @Option(names = "--seed", paramLabel = "S", description = "The same seed generates the same data.")
    private Long seed;

    private final Ansi ansi = Ansi.AUTO;
    private Stage source;
    private SourceWatch saves;
    private Path classes;
    private int port;
    private int debugPort;
    private String databaseUrl;
    private Courier courier;
    private RunningService running;
    private volatile boolean broken;
    private boolean leftOutBefore;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireSensibleNumbers();
        source = arguments.stage();
        saves = new SourceWatch(source.sources()); // before it is compiled, so that no save is missed
        classes = StageCompiler.temporaryFolder();
        var compiling = CompletableFuture.supplyAsync(this::compile);
        var db = MarketDb.start();
        generate(db);
        var compiled = compiling.join();
        if (compiled.isEmpty() && !watch) {
            say("Mend it and run again; ./run.sh run --watch runs it again at each save.");
            return CommandLine.ExitCode.USAGE;
        }
        port = choosePort();
        debugPort = debug ? Ports.free(USUAL_DEBUG_PORT) : 0;
        var relay = Relay.to(db.address());
        databaseUrl = db.urlThrough(relay.port(), source.name());
        if (!quiet) {
            echo(db);
        }
        courier = Courier.open();
        var faults = new Faults(db, relay, courier, source.name());
        var controlPort = FaultDesk.open(faults, URI.create("http://localhost:" + port));
        running = RunningService.of(source, port, controlPort);
        introduce(db);
        return watch ? keepRunning(compiled) : awaitEnd(start(compiled.orElseThrow()));
    }

    private void requireSensibleNumbers() {
        if (customers < 0 || orders < 0 || customers + orders > MOST_ROWS) {
            throw new WorkshopException(
                    "--customers and --orders take numbers from 0 on, together at most %,d.".formatted(MOST_ROWS));
        }
        if (heap != null && !heap.matches("\\d{1,6}[kmgKMG]")) {
            throw new WorkshopException("--heap takes a size such as 64m or 1g.");
        }
        if (preferredPort < 1 || preferredPort > 65_535) {
            throw new WorkshopException("--port takes a number from 1 to 65535.");
        }
    }

    private void echo(MarketDb db) {
        try {
            SqlEcho.start(db, source.name(), this::printSql, ansi);
        } catch (WorkshopException blind) {
            say(blind.getMessage());
            say("The service runs all the same, without the SQL.");
        }
    }

    /** The last compile error stays on screen until there is something to say about its successor. */
    private void printSql(String line) {
        // A Ctrl-C stops the database before the echo: that it no longer answers is no news then.
        if (!broken && !Main.isStopping()) {
            System.out.println(line);
        }
    }

    /** A trace has a hundred frames, and a learner looks for those few that are of marketsvc. */
    private void printOfService(String line) {
        var leftOut = !wholeTraces && StageProcess.isFrame(line) && !StageProcess.isFrameOfMarketsvc(line);
        if (!leftOut) {
            System.out.println(line);
        } else if (!leftOutBefore) {
            System.out.println("\t…");
        }
        leftOutBefore = leftOut;
    }

    private void generate(MarketDb db) {
        if (customers > 0 || orders > 0) {
            var chosen = seed == null ? Seed.any().value() : seed;
            var start = System.nanoTime();
            db.generate(customers, orders, chosen);
            say("generated %,d customers and %,d orders in %.1f s (--seed %d makes the same again)"
                    .formatted(customers, orders, (System.nanoTime() - start) / 1e9, chosen));
        }
    }

    private Optional<Stage> compile() {
        var stage = source.compiledTo(classes.resolve(Long.toString(System.nanoTime())));
        var result = StageCompiler.compile(stage);
        if (!result.succeeded()) {
            System.out.print(result.messages());
            say("@|red,bold " + source.name() + " does not compile.|@");
        }
        broken = !result.succeeded();
        return result.succeeded() ? Optional.of(stage) : Optional.empty();
    }

    private int choosePort() {
        var others = RunningService.all();
        var free = Ports.free(preferredPort);
        if (free != preferredPort) {
            var other = others.stream()
                    .filter(service -> service.port() == preferredPort)
                    .map(service -> "./run.sh run of " + service.stage())
                    .findFirst()
                    .orElse("program");
            say("Port %d is taken by another %s: this one answers on %d.".formatted(preferredPort, other, free));
        }
        return free;
    }

    private void introduce(MarketDb db) {
        say("");
        say("@|bold " + source.name() + "|@");
        say("  service   @|bold,underline http://localhost:" + port
                + "|@   try ./run.sh customers in another terminal");
        say("  database  " + (db.isEmbedded() ? db.plainUrl() : withoutPassword(db.plainUrl())));
        if (debug) {
            say("  debugger  localhost:" + debugPort);
        }
        say("  stop      Ctrl-C");
        say("");
    }

    /** One's own is not for everybody who sees the screen. */
    private static String withoutPassword(String url) {
        return url.replaceFirst("(?<=[?&]password=)[^&]*", "…");
    }

    private StageProcess start(Stage stage) {
        var service = StageProcess.of(stage, databaseUrl)
                .jvmOptions(jvmOptions())
                .port(port)
                .environment("COURIER_URL", courier.url())
                .listener(this::printOfService)
                .start();
        running.with(service.handle()).announce();
        return service;
    }

    private String[] jvmOptions() {
        var options = new ArrayList<String>();
        if (heap != null) {
            // A JVM that has run out of memory may hang for minutes instead of ending.
            options.addAll(List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"));
        }
        if (debug) {
            options.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=localhost:" + debugPort);
        }
        return options.toArray(String[]::new);
    }

    private int awaitEnd(StageProcess service) throws InterruptedException {
        var exitCode = service.awaitEnd();
        if (exitCode.isEmpty()) {
            return 0;
        }
        throw new WorkshopException(lastWord(exitCode.getAsInt()) + ": start it again.");
    }

    private String lastWord(int exitCode) {
        if (heap != null && exitCode == OUT_OF_MEMORY) {
            return "The service needed more memory than " + heap + " and was ended";
        }
        if (exitCode == ENDED_ON_WINDOWS && !ProcessHandle.current().supportsNormalTermination()) {
            return "The service was ended at once (Windows has no SIGTERM), or by itself with exit code " + exitCode;
        }
        return exitCode == TERMINATED
                ? "The service was told to end (SIGTERM), and did"
                : "The service ended by itself with exit code " + exitCode;
    }

    /** In watch mode nothing that a save can do ends the command. */
    private int keepRunning(Optional<Stage> compiledFirst) throws InterruptedException {
        var service = compiledFirst.flatMap(this::tryToStart);
        while (true) {
            saves.awaitChange();
            var compiled = compile();
            if (compiled.isPresent()) {
                service.ifPresent(StageProcess::retire);
                service = compiled.flatMap(this::tryToStart);
                service.ifPresent(started -> say("@|green restarted|@ " + source.name()));
            } else if (service.filter(StageProcess::isAlive).isPresent()) {
                say("The version before goes on. Its SQL is hidden until yours compiles, so that this stays in sight.");
            }
        }
    }

    private Optional<StageProcess> tryToStart(Stage stage) {
        try {
            var service = start(stage);
            Thread.ofVirtual().name("service-end").start(() -> tellWhenItEnds(service));
            return Optional.of(service);
        } catch (WorkshopException e) {
            say(e.getMessage());
            return Optional.empty();
        }
    }

    private void tellWhenItEnds(StageProcess service) {
        try {
            service.awaitEnd().ifPresent(exitCode -> say(lastWord(exitCode) + ": the next save starts it again."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String text) {
        System.out.println(ansi.string(text));
    }
}
