package workshop.lesson;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import workshop.contract.Market;
import workshop.contract.Reply;
import workshop.faults.Relay;
import workshop.witness.Observation;
import workshop.witness.Transaction.Outcome;
import workshop.witness.Witness;

/** What a lesson's check holds: a running stage seen from outside, and the server's view of it. */
public final class Lesson {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final Market market;
    private final Relay relay;
    private final Witness witness;
    private final Random random;

    /** @param random seeded, so that a run can be repeated */
    public Lesson(Market market, Relay relay, Witness witness, Random random) {
        this.market = market;
        this.relay = relay;
        this.witness = witness;
        this.random = random;
    }

    /** @return the stage and its database; its requests are checked against the whole contract, the lesson's are not */
    public Market market() {
        return market;
    }

    /** @return the line between stage and database, to slow it down, to cut it, and to count round trips */
    public Relay relay() {
        return relay;
    }

    public Witness witness() {
        return witness;
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
        return send(request(pathAndQuery));
    }

    /** Posts with content type {@code application/json}. */
    public Reply post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
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

    /** Fails unless all rows that {@code what} inserted were inserted by one transaction, which was committed. */
    public static void expectOneTransaction(String what, Observation seen) {
        var inserting = seen.transactions().stream()
                .filter(transaction -> transaction.mentions("INSERT"))
                .toList();
        expect(
                inserting.size() == 1,
                "%s was stored by %d transactions; 1 expected.\nThe server saw:\n%s",
                what,
                inserting.size(),
                seen.outline());
        var outcome = inserting.getFirst().outcome();
        expect(
                outcome == Outcome.COMMITTED || outcome == Outcome.AUTOCOMMIT,
                "%s was answered as stored, but its transaction ended as %s.",
                what,
                outcome);
    }

    /** @return the body of a new order, two of each item */
    public static String order(int customer, int... items) {
        return Arrays.stream(items)
                .mapToObj("{\"id\": %d, \"quantity\": 2}"::formatted)
                .collect(joining(", ", "{\"customer_id\": " + customer + ", \"items\": [", "]}"));
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(market.stage().baseUri() + pathAndQuery));
    }

    private static Reply send(HttpRequest.Builder builder) {
        var request = builder.timeout(Duration.ofSeconds(30)).build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            return new Reply(answer.statusCode(), answer.headers(), answer.body());
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
}
