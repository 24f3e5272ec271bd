package workshop.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;

/** A real PostgreSQL 18 of our own, unpacked from a Maven artifact, that lives as long as this JVM at most. */
final class EmbeddedServer implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Path directory;
    private final int port;
    private EmbeddedPostgres postgres;

    private EmbeddedServer(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** @param preferredPort taken when it is free, else the next free one; 0 for any */
    static EmbeddedServer start(int preferredPort) {
        var home = home();
        removeOrphans(home);
        for (var attempt = 1; ; attempt++) {
            var server = new EmbeddedServer(newDirectory(home), Ports.free(preferredPort));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "postgres-stopper"));
            server.start();
            if (server.isOurs()) {
                return server;
            }
            // Somebody else took the port between our look and our start.
            server.close();
            if (attempt == ATTEMPTS) {
                throw new WorkshopException(
                        "Another program takes every port that PostgreSQL is to start on: try again.");
            }
        }
    }

    private static Path newDirectory(Path home) {
        try {
            return Files.createDirectory(
                    home.resolve("db-" + ProcessHandle.current().pid() + "-" + System.nanoTime()));
        } catch (IOException e) {
            throw new WorkshopException(
                    "Cannot write to " + home + ": " + e.getMessage()
                            + ". Free some disk space, or name another folder: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    /** zonky is content with whichever server answers on the port. */
    private boolean isOurs() {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW data_directory")) {
            rows.next();
            return Files.isSameFile(Path.of(rows.getString(1)), directory.resolve("data"));
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Starts PostgreSQL on the same port and, after a stop or a kill, with the same data. */
    void start() {
        var startLog = directory.resolve("start.log").toFile();
        var data = directory.resolve("data");
        try {
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(Files.notExists(data))
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(startLog))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(startLog))
                    // Without an explicit locale initdb fails where the user's is not installed.
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    // An order answered 201 survives a kill -9 of the server; a power cut is out of scope (zonky says
                    // -F).
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .setServerConfig("log_timezone", "UTC")
                    .setServerConfig("log_destination", "jsonlog")
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig("log_rotation_size", "64MB")
                    .setServerConfig("log_statement", "all")
                    .setServerConfig("log_duration", "on")
                    .setServerConfig("log_connections", "on")
                    .setServerConfig("log_disconnections", "on")
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new WorkshopException(
                    "The embedded PostgreSQL did not start: " + reason(startLog.toPath(), e)
                            + "\nRun ./run.sh doctor, or set MARKETDB_URL to a PostgreSQL of yours.",
                    e);
        }
    }

    /** Stops PostgreSQL as an administrator would (mode fast) and keeps the data. */
    void stop() {
        var stopping = postgres;
        postgres = null;
        if (stopping != null) {
            deletingNothing(stopping);
        }
    }

    /** Kills the postmaster and all its children with SIGKILL, as a crash of the machine's software would. */
    void kill() {
        var family = postmaster()
                .map(root -> {
                    return Stream.concat(Stream.of(root), root.descendants()).toList();
                })
                .orElse(List.of());
        family.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("the killed PostgreSQL to be gone")
                .pollInterval(Duration.ofMillis(10))
                .until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        stop();
    }

    /** Stops PostgreSQL and deletes its data; does nothing the second time. */
    @Override
    public synchronized void close() {
        if (Files.exists(directory)) {
            stop();
            FileUtils.deleteQuietly(directory.toFile());
        }
    }

    private Optional<ProcessHandle> postmaster() {
        return postmasterOf(directory);
    }

    private static Optional<ProcessHandle> postmasterOf(Path directory) {
        var pidFile = directory.resolve("data").resolve("postmaster.pid");
        try {
            var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            // The pid of a dead postmaster may have been given to somebody else since.
            return ProcessHandle.of(pid)
                    .filter(process ->
                            process.info().command().orElse("postgres").contains("postgres"));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** zonky deletes a data directory that it made; it is ours to keep until {@link #close()}. */
    private static void deletingNothing(EmbeddedPostgres postgres) {
        System.setProperty("ot.epg.no-cleanup", "true");
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JVM killed with SIGKILL leaves its PostgreSQL behind: whoever starts next stops it and deletes its data. */
    private static void removeOrphans(Path home) {
        try (var directories = Files.newDirectoryStream(home, "db-*")) {
            for (var directory : directories) {
                var owner = Long.parseLong(directory.getFileName().toString().split("-")[1]);
                if (ProcessHandle.of(owner).isEmpty()) {
                    postmasterOf(directory).ifPresent(process -> {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                    });
                    FileUtils.deleteQuietly(directory.toFile());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Outside the repository (a mounted folder may not keep a data directory's permissions), one per user. */
    private static Path home() {
        var home = Path.of(System.getProperty("java.io.tmpdir"), "marketsvc-" + System.getProperty("user.name"));
        try {
            Files.createDirectories(home);
            System.setProperty("ot.epg.working-dir", home.resolve("binaries").toString());
            return home;
        } catch (IOException e) {
            throw new WorkshopException(
                    "Cannot make the folder " + home + ": " + e.getMessage()
                            + ". Name another: JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    private static String reason(Path startLog, Exception failure) {
        try {
            var lines = Files.readAllLines(startLog).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty() ? failure.getMessage() : lines.getLast();
        } catch (IOException e) {
            return failure.getMessage();
        }
    }
}
