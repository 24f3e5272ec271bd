package workshop.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.databind.json.JsonMapper;
import workshop.db.WorkshopException;
import workshop.stage.JvmGauges;
import workshop.stage.Repository;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;
import workshop.stage.StageProcess;

/** The load generator of the module {@code bench}, a process of its own that stays for many loads. */
public final class Generator implements AutoCloseable {
    private static final int REMEMBERED_LINES = 20;

    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;
    private final Deque<String> complaints = new ConcurrentLinkedDeque<>();
    private final Thread stopper;
    private JvmGauges gauges;

    private Generator(Process process) {
        this.process = process;
        this.questions = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
        this.stopper = new Thread(process::destroyForcibly, "generator-stopper");
        Runtime.getRuntime().addShutdownHook(stopper);
        Thread.ofVirtual().name("generator-complaints").start(this::listen);
    }

    /** @return the module, whose libraries are to be resolved before {@link #start()} */
    public static Stage module() {
        return Stage.module(Repository.root().resolve("bench"));
    }

    /** Compiles the generator, in about a second, and starts it. */
    public static Generator start() {
        var module = module().compiledTo(StageCompiler.temporaryFolder().resolve("bench"));
        Stage.resolve("the load generator", List.of(module));
        StageCompiler.require(module, "The load generator");
        var classpath = new ArrayList<>(module.libraries());
        classpath.addFirst(module.classes());
        var command = List.of(
                StageProcess.java(),
                StageProcess.COLLECTOR,
                // Netty 4.1's ways are not JDK 25's.
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.language.format=en",
                "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
                "-cp",
                StageCompiler.joined(classpath),
                "bench.Main");
        try {
            return new Generator(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new WorkshopException("The load generator does not start: " + e.getMessage(), e);
        }
    }

    private void listen() {
        try (var lines = process.errorReader(UTF_8)) {
            lines.lines().forEach(line -> {
                complaints.add(line);
                if (complaints.size() > REMEMBERED_LINES) {
                    complaints.removeFirst();
                }
            });
        } catch (IOException | UncheckedIOException e) {
            complaints.add(e.getMessage());
        }
    }

    /** @return what came of it, when it has ended */
    public Answer run(Load load) {
        try {
            questions.write(JsonMapper.shared().writeValueAsString(load) + "\n");
            questions.flush();
            var answer = answers.readLine();
            if (answer == null) {
                throw new IOException("it ended");
            }
            return JsonMapper.shared().readValue(answer, Answer.class);
        } catch (IOException e) {
            var reason = complaints.stream()
                    .filter(line -> !line.isBlank() && !StageProcess.isFrame(line))
                    .reduce((first, last) -> last)
                    .orElse(e.getMessage());
            throw new WorkshopException("The load generator failed: " + reason, e);
        }
    }

    /** @return its own gauges, attached when they are first asked for: a JVM that has just been started does not always answer */
    JvmGauges gauges() {
        if (gauges == null) {
            gauges = JvmGauges.of(handle(), "the load generator");
        }
        return gauges;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        if (gauges != null) {
            gauges.close();
        }
        process.destroy();
        try {
            if (!process.waitFor(5, SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(stopper);
    }
}
