package workshop.witness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import workshop.db.WorkshopException;
import workshop.witness.Event.Connected;
import workshop.witness.Event.Disconnected;
import workshop.witness.Event.Statement;
import workshop.witness.Transaction.Outcome;

/**
 * What the server saw of a stage in a stretch of time.
 *
 * @param events in the order in which the server wrote them
 * @param counted what its statements cost, where the server counts it
 */
public record Observation(List<Event> events, Optional<Counters> counted) {
    /**
     * What pg_stat_statements counts of the statements that have ended.
     *
     * @param rows that they returned or changed
     * @param buffers the pages of 8 KiB that they read, from memory or disk
     */
    public record Counters(long rows, long buffers) {
        Counters since(Counters before) {
            return new Counters(rows - before.rows, buffers - before.buffers);
        }
    }

    private static final int OUTLINED = 5;
    private static final int WORDS = 3;

    /** @return how many rows its statements returned or changed, all together */
    public long rows() {
        return counters().rows();
    }

    /** @return how many pages of 8 KiB its statements read, all together */
    public long buffers() {
        return counters().buffers();
    }

    private Counters counters() {
        return counted.orElseThrow(() -> new WorkshopException(
                "This check counts rows and pages, which only the embedded database does: unset MARKETDB_URL for it."));
    }

    static boolean contains(Statement statement, String text) {
        return statement.sql().toUpperCase(Locale.ROOT).contains(text.toUpperCase(Locale.ROOT));
    }

    /** @return all statements but those that only control transactions and sessions */
    public List<Statement> statements() {
        return all(Statement.class).stream()
                .filter(statement -> !statement.isControl())
                .toList();
    }

    /** @return the statements whose text contains {@code text}, in any case */
    public List<Statement> statements(String text) {
        return statements().stream()
                .filter(statement -> contains(statement, text))
                .toList();
    }

    /** @return the different texts of {@link #statements(String)} */
    public Set<String> texts(String text) {
        return statements(text).stream().map(Statement::sql).collect(Collectors.toSet());
    }

    public int sessionsOpened() {
        return all(Connected.class).size();
    }

    public int sessionsClosed() {
        return all(Disconnected.class).size();
    }

    /** @return how many sessions were open at the same time at most, of those opened in this stretch */
    public int peakSessions() {
        var open = new HashSet<String>();
        var peak = 0;
        for (var event : events) {
            if (event instanceof Connected) {
                open.add(event.session());
            } else if (event instanceof Disconnected) {
                open.remove(event.session());
            }
            peak = Math.max(peak, open.size());
        }
        return peak;
    }

    /** @return what was done in which transaction, in the order in which the transactions ended */
    public List<Transaction> transactions() {
        var open = new LinkedHashMap<String, List<Statement>>();
        var ended = new ArrayList<Transaction>();
        for (var event : events) {
            var session = event.session();
            switch (event) {
                case Statement begin when begin.begins() -> open.put(session, new ArrayList<>());
                case Statement end
                when (end.commits() || end.rollsBack()) && open.containsKey(session) ->
                    ended.add(ended(session, open.remove(session), end.commits()));
                case Statement control when control.isControl() -> {}
                case Statement statement
                when open.containsKey(session) -> open.get(session).add(statement);
                case Statement alone -> ended.add(new Transaction(session, List.of(alone), Outcome.AUTOCOMMIT));
                case Disconnected gone
                when open.containsKey(session) -> ended.add(ended(session, open.remove(session), false));
                case Connected _, Disconnected _ -> {}
            }
        }
        for (Map.Entry<String, List<Statement>> rest : open.entrySet()) {
            ended.add(new Transaction(rest.getKey(), rest.getValue(), Outcome.OPEN));
        }
        return ended;
    }

    /**
     * @return the first statements as the server saw them, control statements included, a line and a few words each, and
     *     on which connection when there were several
     */
    public String outline() {
        // Without what nobody wrote: a pool's empty ones, which ask for a sign of life, and R2DBC's greeting.
        var all = all(Statement.class).stream()
                .filter(statement -> !statement.sql().isBlank() && !contains(statement, "SHOW TRANSACTION ISOLATION"))
                .toList();
        var sessions = all.stream().map(Event::session).distinct().toList();
        var lines = all.stream()
                .limit(OUTLINED)
                .map(statement ->
                        (sessions.size() > 1 ? "  connection " + (1 + sessions.indexOf(statement.session())) : "")
                                + outline(statement))
                .collect(Collectors.joining("\n"));
        return all.size() > OUTLINED ? lines + "\n  and " + (all.size() - OUTLINED) + " more" : lines;
    }

    private static String outline(Statement statement) {
        var words = statement.sql().strip().split("\\s+");
        return "  " + String.join(" ", List.of(words).subList(0, Math.min(WORDS, words.length)))
                + (words.length > WORDS ? " …" : "")
                + (statement.failed() ? " (failed: " + statement.error() + ")" : "");
    }

    private static Transaction ended(String session, List<Statement> statements, boolean commit) {
        var failed = statements.stream().anyMatch(Statement::failed);
        var outcome = !commit ? Outcome.ROLLED_BACK : failed ? Outcome.COMMIT_REFUSED : Outcome.COMMITTED;
        return new Transaction(session, statements, outcome);
    }

    private <E extends Event> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
