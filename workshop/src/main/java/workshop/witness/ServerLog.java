package workshop.witness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;

/** Reads the server's JSON log through SQL, from the moment it is opened: the same way for the embedded and for any other server. */
final class ServerLog implements AutoCloseable {
    private static final int CHUNK = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_UNREADABLE = 20;

    private final MarketDb db;
    private Connection connection;
    private String file;
    private long offset;
    private int unreadable;
    private final ByteArrayOutputStream unfinishedLine = new ByteArrayOutputStream();

    private ServerLog(MarketDb db) {
        this.db = db;
    }

    /** @throws WorkshopException where the log cannot be seen; it says why, and what to set */
    static ServerLog openAtEnd(MarketDb db) {
        var log = new ServerLog(db);
        try {
            log.connect();
            log.file = log.currentFile();
            log.offset = log.ask("SELECT size FROM pg_stat_file(pg_current_logfile('jsonlog')) AS f(size)", Long.class);
            return log;
        } catch (SQLException e) {
            log.close();
            throw blind(e.getMessage(), e);
        } catch (WorkshopException e) {
            log.close();
            throw e;
        }
    }

    private void connect() throws SQLException {
        connection = db.admin();
        for (var setting : List.of("log_statement", "log_duration", "log_connections", "log_disconnections")) {
            var actual = ask("SELECT current_setting(?)", String.class, setting);
            if (actual.isEmpty() || Set.of("off", "none", "ddl", "mod").contains(actual)) {
                throw blind(setting + " is \"" + actual + "\"", null);
            }
        }
        var language = ask("SELECT current_setting('lc_messages')", String.class);
        if (!isEnglish(language)) {
            throw blind(
                    "its log is written in another language than English (lc_messages is \"" + language + "\")", null);
        }
        try (var statement = connection.createStatement()) {
            // What the witness itself asks is of no interest, and would make the log grow with every look at it.
            statement.execute("SET log_statement = 'none'; SET log_duration = off");
        }
    }

    /** @param locale C.UTF-8, en_GB.UTF-8, or on Windows English_United States.1252 */
    static boolean isEnglish(String locale) {
        return locale.matches("(?i)|(C|POSIX)(\\..*)?|en([_.@-].*)?|English([_.].*)?");
    }

    private static WorkshopException blind(String reason, Exception cause) {
        return new WorkshopException(
                "The checks cannot see what this PostgreSQL does: " + reason.replaceFirst("\\.$", "")
                        + ".\nThey need a superuser and the log settings of docker-compose.yml; or unset MARKETDB_URL.",
                cause);
    }

    private String currentFile() throws SQLException {
        var current = ask("SELECT pg_current_logfile('jsonlog')", String.class);
        if (current == null) {
            throw blind("it writes no JSON log (log_destination, logging_collector)", null);
        }
        return current;
    }

    /**
     * Reads what is new since the last call; fails while the database is down and recovers when it is back.
     *
     * @param word only lines that contain it are parsed and returned
     */
    List<LogLine> read(String word) throws SQLException {
        reconnectWhenLost();
        var lines = new ArrayList<LogLine>();
        readRaw(parsing(word, lines));
        return lines;
    }

    /** Reads what is new since the last call, with everything that the server did before this call: as {@link #read}. */
    List<LogLine> readThroughNow(String word) {
        var lines = new ArrayList<LogLine>();
        throughNow(parsing(word, lines));
        return lines;
    }

    /** Passes over everything that the server did before this call. */
    void skipThroughNow() {
        throughNow(line -> {});
    }

    private void throughNow(Consumer<String> reader) {
        var mark = "workshop mark " + UUID.randomUUID();
        var seen = new AtomicBoolean();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> {
                        reconnectWhenLost();
                        write(mark);
                        readRaw(line -> {
                            reader.accept(line);
                            seen.compareAndSet(false, line.contains(mark));
                        });
                        return seen.get();
                    });
        } catch (ConditionTimeoutException e) {
            throw blind("nothing new appears in its log " + file, e);
        }
    }

    private void readRaw(Consumer<String> reader) throws SQLException {
        var current = currentFile();
        while (true) {
            readFile(reader);
            if (file.equals(current)) {
                return;
            }
            file = nextFile(current);
            offset = 0;
            // A crash may have cut the last line of the old file short.
            unfinishedLine.reset();
        }
    }

    private Consumer<String> parsing(String word, List<LogLine> lines) {
        return line -> {
            if (line.contains(word)) {
                LogLine.parse(line).ifPresentOrElse(lines::add, this::countUnreadable);
            }
        };
    }

    /** A server that is killed leaves half a line; what has many of them is no log that we know. */
    private void countUnreadable() {
        if (++unreadable > MOST_UNREADABLE) {
            throw blind("its log " + file + " has lines that are no PostgreSQL's", null);
        }
    }

    /** Every backend writes to the same pipe, so what was logged before the mark is read before it. */
    private void write(String mark) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN RAISE LOG '" + mark + "'; END $$");
        }
    }

    /** The database may have been stopped and started meanwhile: that is one of the lessons. */
    private void reconnectWhenLost() throws SQLException {
        if (connection.isClosed()) {
            connect();
        }
    }

    private void readFile(Consumer<String> reader) throws SQLException {
        for (var bytes = chunk(); bytes.length > 0; bytes = chunk()) {
            offset += bytes.length;
            var from = 0;
            for (var i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    unfinishedLine.write(bytes, from, i - from);
                    reader.accept(unfinishedLine.toString(StandardCharsets.UTF_8));
                    unfinishedLine.reset();
                    from = i + 1;
                }
            }
            unfinishedLine.write(bytes, from, bytes.length - from);
        }
    }

    private byte[] chunk() throws SQLException {
        return ask("SELECT pg_read_binary_file(?, ?, ?)", byte[].class, file, offset, CHUNK);
    }

    private String nextFile(String current) throws SQLException {
        var folder = file.substring(0, file.lastIndexOf('/') + 1);
        var sql = "SELECT min(name) FROM pg_ls_logdir() WHERE name LIKE '%.json' AND name > ?";
        var next = ask(sql, String.class, file.substring(folder.length()));
        return next == null ? current : folder + next;
    }

    private <T> T ask(String sql, Class<T> type, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return type == byte[].class ? type.cast(rows.getBytes(1)) : rows.getObject(1, type);
            }
        }
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // The server ended the session first: it is closed.
            connection = null;
        }
    }
}
