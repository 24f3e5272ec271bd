package workshop.witness;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.witness.Event.Connected;
import workshop.witness.Event.Disconnected;
import workshop.witness.Event.Statement;

/** Prints one line for each thing that the server saw of a stage, while it happens. */
public final class SqlEcho implements AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);
    private static final int LONGEST_TEXT = 400;
    private static final int LONGEST_PARAMETERS = 160;
    private static final int LONGEST_OF_A_DRIVER = 60;

    private final ServerLog log;
    private final EventReader reader;
    private final String application;
    private final Consumer<String> out;
    private final Ansi ansi;
    private final Map<String, Integer> sessionNumbers = new HashMap<>();
    private final Map<String, Integer> questions = new HashMap<>();
    private final Thread follower;
    private int sessionCount;
    private volatile boolean closed;

    private SqlEcho(MarketDb db, String application, Consumer<String> out, Ansi ansi) {
        this.log = ServerLog.openAtEnd(db);
        this.reader = new EventReader(application::equals);
        this.application = application;
        this.out = out;
        this.ansi = ansi;
        this.follower = Thread.ofPlatform().daemon().name("sql-echo").unstarted(this::follow);
    }

    /**
     * @param application the application name of the sessions to show
     * @param out takes each line
     * @param ansi whether in colour
     */
    public static SqlEcho start(MarketDb db, String application, Consumer<String> out, Ansi ansi) {
        var echo = new SqlEcho(db, application, out, ansi);
        echo.follower.start();
        return echo;
    }

    private void follow() {
        var lastAnswer = System.nanoTime();
        var told = false;
        while (!closed) {
            try {
                for (var line : log.read(application)) {
                    reader.read(line).map(this::text).ifPresent(out);
                }
                lastAnswer = System.nanoTime();
                told = false;
            } catch (SQLException | WorkshopException down) {
                // A stopped database is a lesson in itself: the echo goes on when it is back.
                if (!told && System.nanoTime() - lastAnswer > WORTH_TELLING.toNanos()) {
                    out.accept(line(0, "", Style.fg_red, "the database does not answer"));
                    told = true;
                }
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
        log.close();
    }

    private String text(Event event) {
        var connection = sessionNumbers.computeIfAbsent(event.session(), session -> ++sessionCount);
        if (event instanceof Statement statement) {
            count(statement);
        }
        return switch (event) {
            case Connected connected -> line(connection, "", Style.fg_green, "connected");
            case Disconnected gone -> {
                sessionNumbers.remove(gone.session());
                var asked = Objects.requireNonNullElse(questions.remove(gone.session()), 0);
                yield line(
                        connection,
                        "",
                        Style.faint,
                        "disconnected after %d %s".formatted(asked, asked == 1 ? "statement" : "statements"));
            }
            case Statement failed
            when failed.failed() ->
                line(
                        connection,
                        // How long it took is in the log of what succeeds only.
                        failed.duration().isZero() ? "" : milliseconds(failed.duration()),
                        Style.fg_red,
                        oneLine(failed) + "  !! " + failed.sqlState() + " " + failed.error());
            case Statement statement ->
                line(
                        connection,
                        milliseconds(statement.duration()),
                        statement.isControl() ? Style.fg_magenta : Style.reset,
                        oneLine(statement));
        };
    }

    /** What a driver asks for itself is no statement of the service's, and where a transaction begins or ends is none either. */
    private void count(Statement statement) {
        if (!statement.isControl() && !isOfADriver(statement)) {
            questions.merge(statement.session(), 1, Integer::sum);
        }
    }

    private static boolean isOfADriver(Statement statement) {
        return statement.sql().isBlank() || statement.sql().contains("pg_catalog.");
    }

    private String line(int connection, String duration, Style style, String text) {
        var prefix = String.format(Locale.ROOT, "sql %-4s %9s  ", connection == 0 ? "" : "#" + connection, duration);
        return ansi.enabled()
                ? Style.faint.on() + prefix + Style.faint.off() + style.on() + text + style.off()
                : prefix + text;
    }

    /** The statement's text as one line, its parameters after it. */
    private static String oneLine(Statement statement) {
        if (statement.sql().isBlank()) {
            return "(no statement: a look whether the connection is alive)";
        }
        var sql = shortened(
                statement.sql().strip().replaceAll("\\s+", " "),
                isOfADriver(statement) ? LONGEST_OF_A_DRIVER : LONGEST_TEXT);
        return statement.parameters().isEmpty()
                ? sql
                : sql + "  [" + shortened(statement.parameters(), LONGEST_PARAMETERS) + "]";
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + " … (" + text.length() + " characters)";
    }

    private static String milliseconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(follower);
    }
}
