package workshop.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A real PostgreSQL 18 of our own, unpacked from a Maven artifact, that lives as long as this JVM at most. */
final class EmbeddedServer implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    static final String BINARIES = "binaries";
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /** For messages: how to keep databases elsewhere. */
    static final String FOLDER_OPTION = "set the variable JAVA_TOOL_OPTIONS to -Djava.io.tmpdir=FOLDER";

    /** What makes the server tell everything that happens to it, at about a third of its speed. */
    private static final Map<String, String> WITNESSED = Map.of(
            "log_timezone", "UTC",
            "log_destination", "jsonlog",
            "logging_collector", "on",
            "log_rotation_size", "64MB",
            "log_statement", "all",
            "log_duration", "on",
            "log_connections", "on",
            "log_disconnections", "on");

    private final Path directory;
    private final int port;
    private final boolean logs;
    private EmbeddedPostgres postgres;
    private boolean closed;
    private volatile Thread starting;

    private EmbeddedServer(Path directory, int port, boolean logs) {
        this.directory = directory;
        this.port = port;
        this.logs = logs;
    }

    /**
     * @param preferredPort taken when it is free, else the next free one; 0 for any
     * @param logs whether it writes the log that the witness reads
     */
    static EmbeddedServer start(int preferredPort, boolean logs) {
        return start(() -> Ports.free(preferredPort), logs);
    }

    /** @param ports says a free one, another when somebody else took that between our look and our start */
    static EmbeddedServer start(IntSupplier ports, boolean logs) {
        var home = home();
        System.setProperty("ot.epg.working-dir", home.resolve(BINARIES).toString());
        removeOrphans(home);
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var server = new EmbeddedServer(newDirectory(home), ports.getAsInt(), logs);
            Runtime.getRuntime().addShutdownHook(new Thread(server::closeForGood, "postgres-stopper"));
            if (server.startsOnItsPort()) {
                return server;
            }
        }
        throw new WorkshopException("Another program takes every port that PostgreSQL is to start on: try again.");
    }

    private static Path newDirectory(Path home) {
        try {
            return Files.createDirectory(
                    home.resolve("db-" + ProcessHandle.current().pid() + "-" + System.nanoTime()));
        } catch (IOException e) {
            throw new WorkshopException(
                    "Cannot write to " + home + ": " + e.getMessage()
                            + ". Free some disk space, or name another folder: " + FOLDER_OPTION,
                    e);
        }
    }

    /** @return whether it listens on its port; false, and closed, when somebody else does */
    private boolean startsOnItsPort() {
        try {
            start();
            if (isOurs()) {
                return true;
            }
        } catch (WorkshopException e) {
            if (!StartFailure.isTakenPort(e)) {
                close(); // what did not start is not left behind either
                throw e;
            }
        }
        close();
        return false;
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

    /** Ctrl-C ends a PostgreSQL that is just starting, too; zonky would wait for it, and we for zonky. */
    private void closeForGood() {
        var waiting = starting;
        if (waiting != null) {
            waiting.interrupt();
        }
        close();
    }

    /** Starts PostgreSQL on the same port and, after a stop or a kill, with the same data. */
    synchronized void start() {
        if (closed) {
            return;
        }
        starting = Thread.currentThread();
        var startLog = directory.resolve("start.log").toFile();
        var data = directory.resolve("data");
        // An earlier start's complaints are no reason of this one's.
        FileUtils.deleteQuietly(startLog);
        try {
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(Files.notExists(data))
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    // zonky asks whoever listens on the port, which may be somebody who says nothing.
                    .setConnectConfig("loginTimeout", "10")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(startLog))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(startLog))
                    // Without an explicit locale initdb fails where the user's is not installed.
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    // An order answered 201 survives a kill -9 of the server; a power cut is out of scope (zonky says
                    // -F).
                    .setServerConfig("synchronous_commit", "on")
                    // We come by TCP only. In /tmp another user's lock of the same port would stop the start.
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements");
            if (logs) {
                WITNESSED.forEach(builder::setServerConfig);
            }
            postgres = builder.start();
        } catch (IOException | RuntimeException e) {
            throw StartFailure.of(directory, e);
        } finally {
            starting = null;
        }
    }

    /** Stops PostgreSQL as an administrator would (mode fast) and keeps the data. */
    synchronized void stop() {
        var stopping = postgres;
        postgres = null;
        if (stopping != null) {
            var stopped = postmaster();
            deletingNothing(stopping);
            // zonky gives up after some seconds, and on a busy disk the last checkpoint takes longer.
            stopped.ifPresent(process -> Awaitility.await("PostgreSQL to stop")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !lives(process)));
        }
    }

    /** Kills the postmaster and all its children with SIGKILL, as a crash of the machine's software would. */
    synchronized void kill() {
        postmaster().ifPresent(EmbeddedServer::killFamily);
        stop();
    }

    /** Stops PostgreSQL and deletes its data; does nothing the second time. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                stop();
            } catch (ConditionTimeoutException e) {
                debug("not stopped within a minute: killed", e);
            } finally {
                remove(directory);
            }
        }
    }

    /** @return the process whose children serve the sessions */
    Optional<ProcessHandle> postmaster() {
        return postmasterOf(directory);
    }

    private static Optional<ProcessHandle> postmasterOf(Path directory) {
        var pidFile = directory.resolve("data").resolve("postmaster.pid");
        var binaries = directory.resolveSibling(BINARIES).toString();
        try {
            var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            // The pid of a dead postmaster may have been given since to somebody else's program, even to their
            // PostgreSQL.
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().command().orElse("").startsWith(binaries));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void killFamily(ProcessHandle postmaster) {
        var family =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        family.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("the killed PostgreSQL to be gone")
                .pollInterval(Duration.ofMillis(10))
                .until(() -> family.stream().noneMatch(EmbeddedServer::lives));
    }

    /** A zombie, which a container without an init keeps for ever, has no command any more. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
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
                if (isOrphan(directory)) {
                    remove(directory);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try {
            postmasterOf(directory).ifPresent(EmbeddedServer::killFamily);
        } catch (ConditionTimeoutException stubborn) {
            // It was sent SIGKILL: the system ends it when it can, and nobody else has to wait for that.
            debug("still there", stubborn);
        }
        FileUtils.deleteQuietly(directory.toFile());
    }

    private static void debug(String message, Exception e) {
        System.getLogger(EmbeddedServer.class.getName()).log(System.Logger.Level.DEBUG, message, e);
    }

    private static boolean isOrphan(Path directory) {
        var name = directory.getFileName().toString();
        return name.matches("db-\\d+-\\d+")
                && ProcessHandle.of(Long.parseLong(name.split("-")[1])).isEmpty()
                && !isLocked(directory.resolve("data").resolve("epg-lock"));
    }

    /** zonky's lock is held as long as its owner lives, in another container too, whose pids we cannot see. */
    private static boolean isLocked(Path file) {
        if (Files.notExists(file)) {
            return false;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException | OverlappingFileLockException e) {
            return true;
        }
    }

    /** Outside the repository (a mounted folder may not keep a data directory's permissions), one per user and closed to others. */
    static Path home() {
        var home = folderFor(System.getProperty("user.name"), Path.of(System.getProperty("java.io.tmpdir")));
        try {
            return makeOurs(home).toRealPath();
        } catch (IOException e) {
            throw new WorkshopException(
                    "Cannot make the folder " + home + ": " + e.getMessage() + ". Name another: " + FOLDER_OPTION, e);
        }
    }

    /** PostgreSQL on Windows takes its own path for UTF-8, which it is not: below C:\Users\Jörg no database can be made. */
    private static Path folderFor(String user, Path temporary) {
        if (POSIX) {
            return temporary.resolve("marketsvc-" + user);
        }
        if (!longName(temporary).matches("\\p{ASCII}*")) {
            throw new WorkshopException("PostgreSQL cannot start below " + temporary
                    + ", which has a letter that is not ASCII. Name a folder without any: " + FOLDER_OPTION);
        }
        var ascii = user.replaceAll("[^\\w.-]", "_");
        return temporary.resolve(
                "marketsvc-" + (ascii.equals(user) ? user : ascii + "-" + Integer.toHexString(user.hashCode())));
    }

    /** @return the folder without Windows' short names, which hide umlauts */
    private static String longName(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException notThereYet) {
            return folder.toString();
        }
    }

    /** In a /tmp that users share, somebody else may have made the folder, or a link in its place: his programs would run as ours. */
    private static Path makeOurs(Path home) throws IOException {
        if (!POSIX) {
            return Files.createDirectories(home);
        }
        var ourselvesOnly = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(home, PosixFilePermissions.asFileAttribute(ourselvesOnly));
        var probe = Files.createTempFile("marketsvc-", ".owner");
        try {
            var owner = Files.getOwner(home, LinkOption.NOFOLLOW_LINKS);
            if (!owner.equals(Files.getOwner(probe))) {
                throw new WorkshopException("The folder " + home + " belongs to another user (" + owner.getName()
                        + "). Name another: " + FOLDER_OPTION);
            }
        } finally {
            Files.delete(probe);
        }
        return Files.setPosixFilePermissions(home, ourselvesOnly);
    }
}
