package workshop.witness;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import workshop.witness.Event.Connected;
import workshop.witness.Event.Disconnected;
import workshop.witness.Event.Statement;

/** Makes events of log lines: the server writes a statement's text when it starts and its duration when it has ended. */
final class EventReader {
    private static final Pattern SIMPLE = Pattern.compile("statement: (?<sql>.*)", Pattern.DOTALL);
    /** What is fetched from a cursor later on is the same statement still. */
    private static final Pattern EXTENDED =
            Pattern.compile("execute (?!fetch from )[^:]*?: (?<sql>.*)", Pattern.DOTALL);

    private static final Pattern DURATION = Pattern.compile("duration: (?<ms>[0-9.]+) ms.*", Pattern.DOTALL);
    private static final Pattern AUTHORIZED =
            Pattern.compile("connection authorized: .* application_name=(?<application>.*)", Pattern.DOTALL);

    private final Predicate<String> isWatched;
    private final Set<String> sessions = new HashSet<>();
    private final Map<String, Started> running = new HashMap<>();

    private record Started(LocalDateTime at, String sql, String parameters) {}

    /** @param isWatched which application names count */
    EventReader(Predicate<String> isWatched) {
        this.isWatched = isWatched;
    }

    /** @return what the line tells, if it tells of a watched session and completes something */
    Optional<Event> read(LogLine line) {
        var authorized = AUTHORIZED.matcher(line.message());
        if (authorized.matches()) {
            // "app SSL enabled (…)" or "app GSS (…)" may follow the name.
            var application = authorized.group("application").replaceFirst(" (SSL enabled|GSS) \\(.*", "");
            return isWatched.test(application) && sessions.add(line.session())
                    ? Optional.of(new Connected(line.session(), line.at()))
                    : Optional.empty();
        }
        if (!sessions.contains(line.session()) && !isWatched.test(line.application())) {
            return Optional.empty();
        }
        sessions.add(line.session());
        return line.isFailure() ? failed(line) : said(line);
    }

    private Optional<Event> said(LogLine line) {
        if (line.message().startsWith("disconnection: ")) {
            sessions.remove(line.session());
            running.remove(line.session());
            return Optional.of(new Disconnected(line.session(), line.at()));
        }
        var duration = DURATION.matcher(line.message());
        if (duration.matches()) {
            // Parse and bind have durations too, but no statement that is running.
            return Optional.ofNullable(running.remove(line.session()))
                    .map(started -> ended(
                            line,
                            started,
                            Duration.ofNanos(Math.round(Double.parseDouble(duration.group("ms")) * 1e6))));
        }
        for (var pattern : new Pattern[] {SIMPLE, EXTENDED}) {
            var statement = pattern.matcher(line.message());
            if (statement.matches()) {
                var parameters = line.detail().replaceFirst("(?i)^parameters: ", "");
                running.put(line.session(), new Started(line.at(), statement.group("sql"), parameters));
            }
        }
        return Optional.empty();
    }

    private Optional<Event> failed(LogLine line) {
        var started = running.remove(line.session());
        if (started != null) {
            return Optional.of(ended(line, started, Duration.between(started.at(), line.at())));
        }
        // It failed before it was executed, in parsing or planning.
        return line.statement().isEmpty()
                ? Optional.empty()
                : Optional.of(ended(line, new Started(line.at(), line.statement(), ""), Duration.ZERO));
    }

    private static Event ended(LogLine line, Started started, Duration duration) {
        return new Statement(
                line.session(),
                started.sql(),
                started.parameters(),
                line.at(),
                duration,
                line.sqlState(),
                line.isFailure() ? line.message() : "");
    }
}
