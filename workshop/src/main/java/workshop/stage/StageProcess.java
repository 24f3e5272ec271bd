package workshop.stage;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import workshop.db.Ports;
import workshop.db.WorkshopException;

/** A stage that runs as a process of its own, as it would in production: killing it is a fair test. */
public final class StageProcess implements AutoCloseable {
    private static final int REMEMBERED_LINES = 200;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Stage stage;
    private final String databaseUrl;
    private final int port;
    private final List<String> jvmOptions;
    private final Deque<String> output = new ConcurrentLinkedDeque<>();
    private final Thread stopper = new Thread(this::kill, "stage-stopper");
    private final Consumer<String> listener;
    private final boolean keepsQuiet;
    private Process process;
    private volatile boolean stopping;

    private StageProcess(Builder builder) {
        this.stage = builder.stage;
        this.databaseUrl = builder.databaseUrl;
        this.port = builder.port == 0 ? Ports.free(0) : builder.port;
        this.jvmOptions = builder.jvmOptions;
        this.listener = builder.listener;
        this.keepsQuiet = builder.keepsQuiet;
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    /** Collects what a stage is started with. */
    public static final class Builder {
        private final Stage stage;
        private final String databaseUrl;
        private int port;
        private List<String> jvmOptions = List.of();
        private Consumer<String> listener = line -> {};
        private boolean keepsQuiet = true;

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
            jvmOptions = List.of(values);
            return this;
        }

        /** @param value is told each line that the stage prints */
        public Builder listener(Consumer<String> value) {
            listener = value;
            keepsQuiet = false;
            return this;
        }

        /** @throws WorkshopException with the stage's last words when it does not answer within 30 s */
        public StageProcess start() {
            var started = new StageProcess(this);
            started.start();
            return started;
        }
    }

    /** @param databaseUrl what the stage finds in {@code MARKETDB_URL} */
    public static Builder of(Stage stage, String databaseUrl) {
        return new Builder(stage, databaseUrl);
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

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return the last lines that the stage printed */
    public List<String> output() {
        return List.copyOf(output);
    }

    /** Starts the stage again, on the same port, after a {@link #kill()} or {@link #close()}. */
    public void restart() {
        close();
        start();
    }

    /** Stops the stage for good. */
    public void retire() {
        close();
        Runtime.getRuntime().removeShutdownHook(stopper);
    }

    private void start() {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(jvmOptions);
        command.addAll(stage.options());
        var classpath = new ArrayList<>(List.of(stage.classes()));
        classpath.addAll(stage.libraries());
        command.addAll(List.of("-cp", StageCompiler.joined(classpath), "marketsvc.Server"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("MARKETDB_URL", databaseUrl);
        stopping = false;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new WorkshopException("Cannot start " + stage.name() + ": " + e.getMessage(), e);
        }
        var reading = process;
        Thread.ofVirtual().name(stage.name() + "-output").start(() -> read(reading));
        awaitAnswer();
    }

    private void read(Process reading) {
        try (var lines = reading.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> {
                output.add(line);
                if (output.size() > REMEMBERED_LINES) {
                    output.removeFirst();
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
                    .until(() -> !process.isAlive() || isListening());
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

    private boolean isListening() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String lastWords() {
        var lines = output();
        return lines.isEmpty() || !keepsQuiet
                ? ""
                : "\nIts last words:\n  "
                        + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** Waits until the stage ends. @return its exit code, or nothing when it was stopped from here */
    public OptionalInt awaitEnd() throws InterruptedException {
        var exitCode = process.waitFor();
        return stopping ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    /** SIGKILL: the stage has no say in it. */
    public void kill() {
        stopping = true;
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        process.onExit().orTimeout(10, SECONDS).join();
    }

    /** SIGTERM, and SIGKILL when the stage has not ended within 5 s. */
    @Override
    public void close() {
        stopping = true;
        process.destroy();
        try {
            if (!process.waitFor(5, SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
