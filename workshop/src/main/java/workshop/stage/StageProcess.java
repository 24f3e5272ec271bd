package workshop.stage;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import workshop.db.Ports;
import workshop.db.WorkshopException;

/** A stage that runs as a process of its own, as it would in production: killing it is a fair test. */
public final class StageProcess implements AutoCloseable {
    /** For java: umlauts as UTF-8 also where the system has another encoding, and %d in digits that JSON and SQL know. */
    public static final List<String> OUTPUT =
            List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-Duser.language.format=en");

    /** What marketsvc reads from the environment, of its steps all together. */
    private static final Set<String> SETTINGS = Set.of(
            "COURIER_URL", "DEADLINE_MS", "POOL_LEAK_MS", "POOL_SIZE", "POOL_TIMEOUT_MS", "SERVER_ADDRESS", "STYLE");

    private static final int REMEMBERED_LINES = 1000;

    /** The one that starts fastest and takes least beside the service, for small heaps and few processors. */
    public static final String COLLECTOR = "-XX:+UseSerialGC";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Stage stage;
    private final String databaseUrl;
    private final int port;
    private final ClassArchive archive;
    private final Deque<String> output = new ConcurrentLinkedDeque<>();
    private final Thread stopper = new Thread(this::endForGood, "stage-stopper");
    private final Consumer<String> listener;
    private final boolean keepsQuiet;
    private final boolean archives;
    private final Set<String> forgotten;
    private Settings settings;
    private Process process;
    private Thread reader;
    private volatile boolean stopping;
    private boolean over;

    private StageProcess(Builder builder) {
        Orphans.end();
        this.stage = builder.stage;
        this.archive = ClassArchive.of(stage);
        this.databaseUrl = builder.databaseUrl;
        this.port = builder.port == 0 ? Ports.free(0) : builder.port;
        this.settings = builder.settings;
        this.listener = builder.listener;
        this.keepsQuiet = builder.keepsQuiet;
        this.forgotten = builder.forgotten;
        this.archives = builder.archives && builder.keepsQuiet; // whoever watches wants no pause at the end
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    /**
     * What a stage can be told from outside.
     *
     * @param jvmOptions such as {@code -Xmx64m}; the last of two that contradict each other counts
     * @param environment such as {@code POOL_SIZE}
     */
    public record Settings(List<String> jvmOptions, Map<String, String> environment) {
        static final Settings NONE = new Settings(List.of(), Map.of());

        /** @return these and more */
        public Settings and(String... moreJvmOptions) {
            return new Settings(
                    Stream.concat(jvmOptions.stream(), Stream.of(moreJvmOptions))
                            .toList(),
                    environment);
        }

        /** @return these and a variable of the environment */
        public Settings and(String name, Object value) {
            var more = new TreeMap<>(environment);
            more.put(name, value.toString());
            return new Settings(jvmOptions, more);
        }

        /** @return these but for a variable of the environment, for which the stage has to know a default */
        public Settings without(String name) {
            var fewer = new TreeMap<>(environment);
            fewer.remove(name);
            return new Settings(jvmOptions, fewer);
        }
    }

    /** Collects what a stage is started with. */
    public static final class Builder {
        private final Stage stage;
        private final String databaseUrl;
        private int port;
        private Settings settings = Settings.NONE;
        private Consumer<String> listener = line -> {};
        private boolean keepsQuiet = true;
        private boolean archives = true;
        private Set<String> forgotten = Set.of();

        private Builder(Stage stage, String databaseUrl) {
            this.stage = stage;
            this.databaseUrl = databaseUrl;
        }

        /** @param value the port to listen on; 0, the default, for any free one */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** @param values such as {@code -Xmx64m} */
        public Builder jvmOptions(String... values) {
            settings = settings.and(values);
            return this;
        }

        /** @param name of a variable in the stage's environment */
        public Builder environment(String name, Object value) {
            settings = settings.and(name, value);
            return this;
        }

        Builder settings(Settings value) {
            settings = value;
            return this;
        }

        /** @param value is told each line that the stage prints */
        public Builder listener(Consumer<String> value) {
            listener = value;
            keepsQuiet = false;
            return this;
        }

        /** For whoever checks or measures: the stage has its defaults, whatever the shell that we run in has exported. */
        public Builder withoutSettingsOfTheShell() {
            forgotten = SETTINGS;
            return this;
        }

        /** For those who measure: the first start loads its classes as all others do, and no archive is made at its end. */
        public Builder withoutArchive() {
            archives = false;
            return this;
        }

        /** @throws WorkshopException with the stage's last words when it does not answer within 30 s */
        public StageProcess start() {
            var started = new StageProcess(this);
            try {
                started.start();
            } catch (RuntimeException e) {
                started.retire();
                throw e;
            }
            return started;
        }
    }

    /** @param databaseUrl what the stage finds in {@code MARKETDB_URL} */
    public static Builder of(Stage stage, String databaseUrl) {
        return new Builder(stage, databaseUrl);
    }

    /** @return what runs: its sources and its compiled classes */
    public Stage stage() {
        return stage;
    }

    public int port() {
        return port;
    }

    public URI baseUri() {
        return URI.create("http://localhost:" + port);
    }

    /** @return the process that runs the stage now */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** @return what it was started with last */
    public Settings settings() {
        return settings;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return the last lines that the stage printed */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** From now on {@link #output()} is what the stage prints from now on. */
    public void forgetOutput() {
        output.clear();
    }

    /** Starts the stage again, on the same port, after a {@link #kill()} or {@link #close()}. */
    public void restart() {
        restart(settings);
    }

    /** Starts the stage again with other settings, which stay until the next restart. */
    public void restart(Settings others) {
        close();
        settings = others;
        output.clear();
        start();
    }

    /** Stops the stage for good. */
    public void retire() {
        close();
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException ending) {
            return; // it runs already, and has nothing to do
        }
    }

    private void start() {
        var command = jvm();
        command.addAll(settings.jvmOptions());
        if (archives) {
            command.addAll(archive.options());
        }
        // The libraries first: the archive knows them as the beginning of the class path.
        var classpath = new ArrayList<>(stage.libraries());
        classpath.add(stage.classes());
        command.addAll(List.of("-cp", StageCompiler.joined(classpath), "marketsvc.Server"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(forgotten);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("MARKETDB_URL", databaseUrl);
        builder.environment().putAll(settings.environment());
        stopping = false;
        begin(builder);
        var reading = process;
        reader = Thread.ofVirtual().name(stage.name() + "-output").start(() -> read(reading));
        awaitAnswer();
    }

    /** Not while the workshop ends: nobody would end what begins then. */
    private synchronized void begin(ProcessBuilder builder) {
        if (over) {
            throw new WorkshopException(stage.name() + " does not start any more: the workshop is ending.");
        }
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new WorkshopException("Cannot start " + stage.name() + ": " + e.getMessage(), e);
        }
        try {
            Orphans.remember(process.toHandle());
        } catch (RuntimeException unknown) {
            kill(); // nobody would end it after us
            throw unknown;
        }
    }

    private void endForGood() {
        synchronized (this) {
            over = true;
        }
        kill();
    }

    /** @return whether a line of a stack trace, of whichever code */
    public static boolean isFrame(String line) {
        return line.matches("\\s+(at .*|\\.\\.\\. \\d+ (more|common frames omitted))");
    }

    /** @return whether a line of a stack trace in the stage's own code */
    public static boolean isFrameOfMarketsvc(String line) {
        return line.matches("\\s+at (.*/)?marketsvc\\..*");
    }

    /** @return the command of the JVM that runs the workshop, for others of its release */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<String> jvm() {
        var command = new ArrayList<>(List.of(java()));
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", COLLECTOR, "-Xshare:auto", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(OUTPUT);
        command.addAll(stage.options());
        return command;
    }

    private void read(Process reading) {
        try (var lines = reading.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> {
                output.add(line);
                if (output.size() > REMEMBERED_LINES) {
                    output.pollFirst(); // somebody may have forgotten them all meanwhile
                }
                listener.accept(line);
            });
        } catch (IOException | java.io.UncheckedIOException e) {
            listener.accept(stage.name() + " was cut off: " + e.getMessage());
        }
    }

    private void awaitAnswer() {
        try {
            Awaitility.await()
                    .atMost(START_LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !process.isAlive() || Ports.isAnswering(port));
        } catch (ConditionTimeoutException e) {
            kill();
            throw new WorkshopException(
                    stage.name() + " did not answer within " + START_LIMIT.toSeconds() + " s." + lastWords(), e);
        }
        if (!process.isAlive()) {
            throw new WorkshopException(
                    stage.name() + " ended at its start (exit code " + process.exitValue() + ")." + lastWords());
        }
    }

    private String lastWords() {
        var lines = output();
        return lines.isEmpty() || !keepsQuiet
                ? ""
                : "\nIts last words:\n  "
                        + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** Waits until the stage has ended and said its last words. @return its exit code, or nothing when it was stopped from here */
    public OptionalInt awaitEnd() throws InterruptedException {
        var exitCode = process.waitFor();
        reader.join();
        return stopping ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /** @return how many threads of the operating system the stage's JVM has now; its virtual threads are none of them */
    public int platformThreads() {
        try (var jvm = gauges()) {
            return jvm.threads();
        }
    }

    /** @return what the stage's JVM tells of itself, until it is closed */
    public JvmGauges gauges() {
        return JvmGauges.of(process.toHandle(), stage.name());
    }

    /** SIGKILL: the stage has no say in it. */
    public void kill() {
        stopping = true;
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            // Not onExit(): of a process that has ended long ago it looks for another with the same number, and waits
            // for that.
            process.waitFor(10, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM, and SIGKILL when the stage has not ended within 5 s. */
    @Override
    public void close() {
        stopping = true;
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(5, SECONDS)) {
                kill();
            }
            if (reader != null) {
                // Its last lines are its own, and not the next process's.
                reader.join(Duration.ofSeconds(1));
            }
            if (archives) {
                archive.make(jvm());
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
