package workshop.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import workshop.db.WorkshopException;

/**
 * A {@code run} that other commands can find: a file in {@code .workshop/running} for as long as its process lives.
 *
 * @param pid of the process that runs it
 * @param stage {@code step-1-jdbc/exercise}
 * @param port where the service answers
 * @param controlPort where its process takes faults
 * @param startedAt in milliseconds since 1970
 * @param servicePid of the service itself
 * @param serviceStart when that started, in milliseconds since 1970, because pids are given out again
 */
public record RunningService(
        long pid, String stage, int port, int controlPort, long startedAt, long servicePid, long serviceStart) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Makes it known; it is forgotten when this JVM ends. */
    public void announce() {
        try {
            var file = Repository.running().resolve(pid + ".json");
            Repository.replace(file, JSON.writeValueAsString(this));
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the one that requests and faults mean when several run: the newest */
    public static Optional<RunningService> newest() {
        return all().stream().findFirst();
    }

    /** As {@link #newest()}. @throws WorkshopException that says how to start one, when none runs */
    public static RunningService required() {
        return newest().orElseThrow(() ->
                new WorkshopException("No service runs: start one with ./run.sh run, in another terminal."));
    }

    /** @return those whose process is alive, the newest first; the others' files are removed */
    public static List<RunningService> all() {
        Orphans.end();
        var alive = new ArrayList<RunningService>();
        try (var files = Files.newDirectoryStream(Repository.running(), "*.json")) {
            for (var file : files) {
                read(file, alive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        alive.sort(Comparator.comparing(RunningService::startedAt).reversed());
        return alive;
    }

    private static void read(Path file, List<RunningService> alive) throws IOException {
        try {
            var service = JSON.readValue(Files.readString(file), RunningService.class);
            if (ProcessHandle.of(service.pid()).filter(RunningService::isJava).isPresent()) {
                alive.add(service);
            } else {
                Files.deleteIfExists(file);
            }
        } catch (JacksonException damaged) {
            deleteUnlessFresh(file);
        } catch (NoSuchFileException ended) {
            // It has removed its file since we saw that.
            return;
        }
    }

    /** After a power cut another program has its number. (Not by its start: when the clock is set, that moves along.) */
    static boolean isJava(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("java"))
                .orElse(true);
    }

    /** Nobody can use what is damaged; but perhaps it is being written. */
    private static void deleteUnlessFresh(Path file) throws IOException {
        var age = Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
        if (age.compareTo(Duration.ofMinutes(1)) > 0) {
            Files.deleteIfExists(file);
        }
    }

    /** @return a run in this JVM that has no service yet */
    public static RunningService of(Stage stage, int port, int controlPort) {
        return new RunningService(
                ProcessHandle.current().pid(), stage.name(), port, controlPort, System.currentTimeMillis(), -1, -1);
    }

    /** @return the same run with a service that has just started */
    public RunningService with(ProcessHandle service) {
        var id = ProcessId.of(service);
        return new RunningService(pid, stage, port, controlPort, startedAt, id.pid(), id.start());
    }

    /** Tells the service to end, as a deployment does: SIGTERM. @return whether there was one */
    public boolean end() {
        return new ProcessId(servicePid, serviceStart)
                .find()
                .map(ProcessHandle::destroy)
                .orElse(false);
    }
}
