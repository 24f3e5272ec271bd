package workshop.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person is told when the embedded PostgreSQL does not start. */
class StartFailureTest {
    private static final Exception TIMEOUT = new IOException("Gave up waiting for server to start after 60000ms");

    @TempDir
    Path directory;

    @Test
    void theReasonIsTheServersOwnAndNotWhereToLookForIt() throws IOException {
        Files.writeString(directory.resolve("start.log"), """
                waiting for server to start....2026-01-01 00:00:00.000 UTC [7] LOG:  starting PostgreSQL 18.1
                2026-01-01 00:00:00.000 UTC [7] FATAL:  could not create shared memory segment: Invalid argument
                2026-01-01 00:00:00.000 UTC [7] LOG:  database system is shut down
                 stopped waiting
                pg_ctl: could not start server
                Examine the log output.
                """);
        assertThat(StartFailure.of(directory, TIMEOUT))
                .hasMessageContaining(
                        "start: FATAL:  could not create shared memory segment: Invalid argument\nSet MARKETDB_URL ");
    }

    @Test
    void aPortThatCannotBeHadIsToldApart() throws IOException {
        Files.writeString(directory.resolve("start.log"), """
                2026-01-01 00:00:00.000 UTC [7] LOG:  could not bind IPv4 address "127.0.0.1": Address already in use
                2026-01-01 00:00:00.000 UTC [7] WARNING:  could not create listen socket for "localhost"
                2026-01-01 00:00:00.000 UTC [7] FATAL:  could not create any TCP/IP sockets
                2026-01-01 00:00:00.000 UTC [7] LOG:  database system is shut down
                """);
        assertThat(StartFailure.isTakenPort(StartFailure.of(directory, TIMEOUT)))
                .isTrue();
    }

    @Test
    void whatTheLoggingCollectorHasTakenOverIsReadFromItsNewestFile() throws IOException {
        Files.writeString(
                directory.resolve("start.log"), "HINT:  Future log output will appear in directory \"log\".\n");
        var logs = Files.createDirectories(directory.resolve("data/log"));
        Files.writeString(logs.resolve("postgresql-1.json"), fatal("of an earlier start"));
        Files.writeString(
                logs.resolve("postgresql-2.json"),
                fatal("could not write file \\\"pg_wal\\\": No space left on device"));
        assertThat(StartFailure.of(directory, TIMEOUT))
                .hasMessageContaining("FATAL: could not write file")
                .hasMessageContaining("No space left on device\nFree some disk space, or name another folder: ");
    }

    private static String fatal(String message) {
        return "{\"timestamp\":\"2026-01-01\",\"error_severity\":\"FATAL\",\"state_code\":\"53100\",\"message\":\""
                + message + "\",\"backend_type\":\"postmaster\"}\n";
    }

    @Test
    void aFolderThatRunsNoProgramsAndHalfAPostgresAreToldApart() {
        assertThat(StartFailure.of(directory, cannotRun("error=13, Permission denied")))
                .hasMessageContaining("mounted noexec, name another folder");
        assertThat(StartFailure.of(directory, cannotRun("error=2, No such file or directory")))
                .hasMessageContaining("delete " + directory.resolveSibling("binaries"));
    }

    private static Exception cannotRun(String reason) {
        return new IllegalStateException(new IOException("Cannot run program \"initdb\": " + reason));
    }

    @Test
    void withoutAnyWordOfTheServerItIsTheFailuresOwn() {
        assertThat(StartFailure.of(directory, TIMEOUT))
                .hasMessageContaining("start: Gave up waiting")
                .hasMessageContaining("delete " + directory.resolveSibling("binaries"));
    }
}
