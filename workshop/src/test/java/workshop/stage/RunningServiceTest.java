package workshop.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What is remembered of processes, and what becomes of it when they have gone. */
class RunningServiceTest {
    private static final Duration CLOCK_STEP = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private Path running;
    private Process service;

    @BeforeEach
    void startSomething() throws IOException {
        assumeTrue(File.separatorChar == '/', "Windows has no sleep");
        Files.createFile(root.resolve("run.sh"));
        System.setProperty("workshop.root", root.toString());
        running = Files.createDirectories(root.resolve(".workshop/running"));
        service = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void stopIt() {
        System.clearProperty("workshop.root");
        service.destroyForcibly();
    }

    private RunningService announced() {
        var run = RunningService.of(new Stage(root.resolve("step-1-jdbc/exercise"), root), 9090, 0)
                .with(service.toHandle());
        run.announce();
        return run;
    }

    @Test
    void aRunIsFoundUntilItsProcessHasGone() throws IOException {
        var run = announced();
        assertThat(RunningService.all()).containsExactly(run);
        service.destroyForcibly().onExit().join();
        write(with(run, service.pid(), run.serviceStart()));
        assertThat(RunningService.all()).isEmpty();
        assertThat(running).isEmptyDirectory();
    }

    @Test
    void aClockThatWasSetDoesNotMakeAServiceAnotherOne() {
        var run = announced();
        assertThat(with(run, run.pid(), run.serviceStart() - Duration.ofHours(1).toMillis())
                        .end())
                .isFalse();
        assertThat(with(run, run.pid(), run.serviceStart() - CLOCK_STEP.toMillis())
                        .end())
                .isTrue();
    }

    private static RunningService with(RunningService run, long pid, long serviceStart) {
        return new RunningService(pid, run.stage(), 9090, 0, run.startedAt(), run.servicePid(), serviceStart);
    }

    private void write(RunningService run) throws IOException {
        Files.delete(running.resolve(ProcessHandle.current().pid() + ".json"));
        Files.writeString(running.resolve("1.json"), JsonMapper.shared().writeValueAsString(run));
    }

    @Test
    void aDamagedFileIsDeletedWhenNobodyCanBeWritingItAnyMore() throws IOException {
        var half = Files.writeString(running.resolve("7.json"), "{\"pid\": 7");
        assertThat(RunningService.all()).isEmpty();
        assertThat(half).exists();
        Files.setLastModifiedTime(half, FileTime.from(Instant.now().minusSeconds(120)));
        assertThat(RunningService.all()).isEmpty();
        assertThat(half).doesNotExist();
    }

    @Test
    void aServiceEndsAfterItsProcessWasKilledAndNotBefore() throws Exception {
        Orphans.remember(service.toHandle());
        Orphans.end();
        assertThat(service.isAlive()).isTrue();
        var file = onlyFile();
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.move(
                file, running.resolve(file.getFileName().toString().replaceFirst("^\\d+", Long.toString(gone.pid()))));
        Orphans.end();
        assertThat(service.onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(running).isEmptyDirectory();
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(running)) {
            return files.findFirst().orElseThrow();
        }
    }
}
