package workshop.lesson;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import workshop.contract.Market;
import workshop.contract.Reply;
import workshop.db.WorkshopException;
import workshop.faults.Courier;
import workshop.faults.Faults;
import workshop.faults.Relay;
import workshop.stage.StageProcess.Settings;
import workshop.witness.Observation;
import workshop.witness.Transaction.Outcome;
import workshop.witness.Witness;

/** What a lesson's check holds: a running stage seen from outside, and the server's view of it. */
public final class Lesson {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** The promise is a second, of a machine that does nothing else; what was not told to end works on beyond any limit. */
    public static final Duration SILENCE = Duration.ofSeconds(5);

    private static final Pattern NOBODY_BORROWS = Pattern.compile("(?m)^hikaricp_connections_active\\{.*} 0(\\.0)?$");

    private final Market market;
    private final Faults faults;
    private final Witness witness;
    private final Random random;

    /** @param random seeded, so that a run can be repeated */
    public Lesson(Market market, Faults faults, Witness witness, Random random) {
        this.market = market;
        this.faults = faults;
        this.witness = witness;
        this.random = random;
    }

    /** @return the stage and its database; its requests are checked against the whole contract, the lesson's are not */
    public Market market() {
        return market;
    }

    /** @return the line between stage and database, to slow it down, to cut it, and to count round trips */
    public Relay relay() {
        return faults.relay();
    }

    /** @return whom the stage tells of its new orders */
    public Courier courier() {
        return faults.courier();
    }

    /** @return everything that can go wrong between stage and database; what is wrong is undone before the next check */
    public Faults faults() {
        return faults;
    }

    /** Starts the stage again with other settings, until the end of this check. */
    public void restart(UnaryOperator<Settings> change) {
        market.stage().restart(change.apply(market.stage().settings()));
    }

    /**
     * Starts the stage with settings that it has to refuse; {@link #restart} or the next check starts it as it should be.
     *
     * @return its exit code, or nothing when it started all the same
     */
    public OptionalInt refusedStart(UnaryOperator<Settings> change) throws InterruptedException {
        try {
            restart(change);
            return OptionalInt.empty();
        } catch (WorkshopException refused) {
            if (refused.getCause() instanceof ConditionTimeoutException) {
                // Without its cause, which would say that the check could not look.
                throw new AssertionError("The service neither answered nor ended: " + refused.getMessage());
            }
            return market.stage().awaitEnd();
        }
    }

    /**
     * Fails unless the stage refuses to start with these settings, and says why to a person: its last line is not a Java
     * programmer's.
     *
     * @param when such as "With POOL_SIZE=many"
     * @param words to be named in that line
     */
    public void expectRefusedStart(String when, List<String> words, UnaryOperator<Settings> change)
            throws InterruptedException {
        var exitCode = refusedStart(change);
        expect(
                exitCode.isPresent(),
                "%s the service started all the same; an end with a line that says why expected.",
                when);
        expect(exitCode.getAsInt() != 0, "%s the service ended with exit code 0; another one expected.", when);
        var last =
                market.stage().output().stream().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        expect(
                !last.isEmpty()
                        && !last.matches("\\s+at .*|\\s*\\.\\.\\. \\d+ more|Caused by:.*|Exception in thread.*"),
                "%s the service ended, and its last line was \"%s\"; one that says to a person what is wrong expected.",
                when,
                last.strip());
        for (var word : words) {
            expect(
                    last.contains(word),
                    "%s the service ended, and its last line was \"%s\"; one that names %s expected.",
                    when,
                    last.strip(),
                    word);
        }
    }

    public Witness witness() {
        return witness;
    }

    /** @return the stage's compiled classes, for what the server cannot see */
    public Code code() {
        return Code.of(market.stage().stage());
    }

    public Random random() {
        return random;
    }

    /** @return what the server saw of the stage while {@code action} ran */
    public Observation during(Witness.Action action) throws Exception {
        return witness.during(action);
    }

    /** @param pathAndQuery percent-encoded where need be: see {@link Market#encoded(String)} */
    public Reply get(String pathAndQuery) {
        return send(market.request(pathAndQuery).build());
    }

    /**
     * As {@link #get}, but hands out the body as it comes; to close it is to hang up.
     *
     * @throws IOException when there is no answer, as after the service's end
     */
    public InputStream open(String pathAndQuery) throws IOException {
        return market.open(market.request(pathAndQuery).build());
    }

    /** Posts with content type {@code application/json}. */
    public Reply post(String path, String json) {
        return send(market.posting(path, json));
    }

    /** As {@link #get}, without waiting; it fails with an IOException when there is no answer. */
    public CompletableFuture<Reply> getAsync(String pathAndQuery) {
        return sendAsync(market.request(pathAndQuery).build());
    }

    /** As {@link #post}, without waiting; it fails with an IOException when there is no answer. */
    public CompletableFuture<Reply> postAsync(String path, String json) {
        return sendAsync(market.posting(path, json));
    }

    /** @param request of {@link Market#request}, for what {@link #get} and {@link #post} cannot say */
    public Reply send(HttpRequest request) {
        try {
            return reply(HTTP.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(
                    "%s %s was not answered: %s"
                            .formatted(request.method(), request.uri().getPath(), e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** As {@link #send}, without waiting; it fails with an IOException when there is no answer. */
    public CompletableFuture<Reply> sendAsync(HttpRequest request) {
        return HTTP.sendAsync(request, BodyHandlers.ofString()).thenApply(Lesson::reply);
    }

    /**
     * Fails the check unless {@code fulfilled}.
     *
     * @param message what was seen and what was expected, never the answer
     */
    public static void expect(boolean fulfilled, String message, Object... values) {
        if (!fulfilled) {
            throw new AssertionError(String.format(Locale.ROOT, message, values));
        }
    }

    /** Fails unless all rows that {@code what} wrote were written by one transaction, which was committed. */
    public static void expectOneTransaction(String what, Observation seen) {
        var writing = seen.transactions().stream()
                .filter(transaction -> Stream.of("INSERT", "UPDATE", "DELETE").anyMatch(transaction::mentions))
                .toList();
        expect(
                writing.size() == 1,
                "%s was stored by %d transactions; 1 expected.\nThe server saw:\n%s",
                what,
                writing.size(),
                seen.outline());
        var outcome = writing.getFirst().outcome();
        expect(
                outcome == Outcome.COMMITTED || outcome == Outcome.AUTOCOMMIT,
                "%s was answered as stored, but its transaction %s; a commit expected.",
                what,
                switch (outcome) {
                    case ROLLED_BACK -> "was rolled back";
                    case COMMIT_REFUSED -> "was committed after a failure, which makes it a rollback";
                    case OPEN -> "was left open";
                    case COMMITTED, AUTOCOMMIT -> "was committed";
                });
    }

    /** Waits for the answer of a service that may have none. */
    public static Reply answer(CompletableFuture<Reply> asked, Duration limit, String what)
            throws InterruptedException {
        try {
            return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("%s was not answered within %d s.".formatted(what, limit.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new AssertionError("%s was not answered: the connection broke.".formatted(what), e);
        }
    }

    /** Fails unless the server soon has nothing to do for the stage. */
    public void expectSilence(String after) {
        var left = witness.awaitSessionsAtWork(sessions -> sessions == 0, SILENCE);
        expect(
                left == 0,
                "%s, and seconds later statements were still at work on the server: %d; 0 expected.",
                after,
                left);
    }

    /** Fails unless HikariCP's pool soon has all its connections back; {@code after} is a sentence that goes on. */
    public void expectNothingBorrowed(String after) {
        expect(
                Witness.await(
                        SILENCE,
                        () -> NOBODY_BORROWS.matcher(get("/metrics").body()).find()),
                "%s, nobody asks anything any more, and by GET /metrics hikaricp_connections_active is not 0; 0 expected.",
                after);
    }

    /** @return the body of a new order, two of each item */
    public static String order(int customer, int... items) {
        return order(customer, item -> 2, items);
    }

    /** @return the body of a new order, of each item as many as {@code quantity} says of its id */
    public static String order(int customer, IntUnaryOperator quantity, int... items) {
        return Arrays.stream(items)
                .mapToObj(item -> "{\"id\": %d, \"quantity\": %d}".formatted(item, quantity.applyAsInt(item)))
                .collect(joining(", ", "{\"customer_id\": " + customer + ", \"items\": [", "]}"));
    }

    private static Reply reply(HttpResponse<String> answer) {
        return new Reply(answer.statusCode(), answer.headers(), answer.body());
    }
}
