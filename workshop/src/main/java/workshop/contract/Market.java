package workshop.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import workshop.db.MarketDb;
import workshop.stage.StageProcess;

/** A running stage and its database, for a test to hold: each answer is checked against {@code openapi.yaml}. */
public final class Market {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    // HTTP/1.1, because an upgrade offer to HTTP/2 on each request is no part of any test.
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    private final StageProcess stage;
    private final MarketDb db;
    private final Seed seed;

    /** @param seed of whatever is random in a test */
    public Market(StageProcess stage, MarketDb db, Seed seed) {
        this.stage = stage;
        this.db = db;
        this.seed = seed;
    }

    /** @return the running stage, to kill and to restart it */
    public StageProcess stage() {
        return stage;
    }

    /** @return the database below the stage */
    public MarketDb db() {
        return db;
    }

    Seed seed() {
        return seed;
    }

    /** @param pathAndQuery percent-encoded where need be: see {@link #encoded(String)} */
    public Reply get(String pathAndQuery) {
        return send(request(pathAndQuery).build());
    }

    /** Posts with content type {@code application/json}. */
    public Reply post(String path, String json) {
        return send(posting(path, json));
    }

    /** @return a request to this stage, a GET unless told otherwise */
    public HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(stage.baseUri() + pathAndQuery))
                .timeout(LIMIT);
    }

    /** @return what {@link #post} sends */
    public HttpRequest posting(String path, String json) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    /** Sends and waits, a minute at most. */
    public Reply send(HttpRequest request) {
        try {
            return checked(request, HTTP.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new AssertionError(request + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request + " was interrupted", e);
        }
    }

    /** Sends without waiting; fails with an IOException when there is no answer. */
    public CompletableFuture<Reply> sendAsync(HttpRequest request) {
        return HTTP.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(answer -> checked(request, answer));
    }

    /**
     * Sends, and hands out the body as it comes; to close it is to hang up.
     *
     * @throws IOException when there is no answer, as after the service's end
     * @throws AssertionError when the answer is not 200
     */
    public InputStream open(HttpRequest request) throws IOException {
        try {
            var answer = HTTP.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new AssertionError(
                        "GET %s was answered %d; 200 expected.".formatted(pathAndQuery(request), answer.statusCode()));
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request + " was interrupted", e);
        }
    }

    private static String pathAndQuery(HttpRequest request) {
        var uri = request.uri();
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static Reply checked(HttpRequest request, HttpResponse<byte[]> answer) {
        return checked(
                request.method(),
                request.uri().getRawPath(),
                new Reply(answer.statusCode(), answer.headers(), utf8(answer.body())));
    }

    static Reply checked(String method, String path, Reply reply) {
        OpenApi.CONTRACT.check(method, path, reply);
        return reply;
    }

    /** Sends bytes that no HTTP client would, and checks nothing but that the answer is HTTP. */
    public Reply raw(byte[] request) {
        return RawHttp.exchange(stage.port(), request);
    }

    /** @return {@code value} as a query parameter's */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** @return how many rows the table has */
    public long count(String table) {
        return query("SELECT count(*) FROM " + table);
    }

    /** @return the single number that the query finds */
    public long query(String sql) {
        return Long.parseLong(text(sql));
    }

    /** @return the single value that the query finds, as text */
    public String text(String sql) {
        try (var connection = db.admin();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw db.unreachable(e);
        }
    }

    /** Changes the sample data for one test, past the service. */
    public void execute(String sql) {
        try (var connection = db.admin();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw db.unreachable(e);
        }
    }

    /** Removes the ten customers and the ten orders that come last in their lists; customers who have orders stay. */
    public void removeTheLast() {
        execute("""
                WITH last AS (SELECT id FROM orders ORDER BY order_time DESC, id DESC LIMIT 10),
                     lines AS (DELETE FROM order_items WHERE order_id IN (SELECT id FROM last))
                DELETE FROM orders WHERE id IN (SELECT id FROM last);
                DELETE FROM customer
                 WHERE id IN (SELECT id FROM customer ORDER BY id DESC LIMIT 10)
                   AND NOT EXISTS (SELECT FROM orders WHERE customer_id = customer.id)
                """);
    }

    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("The answer is not UTF-8: " + new String(bytes, StandardCharsets.ISO_8859_1), e);
        }
    }
}
