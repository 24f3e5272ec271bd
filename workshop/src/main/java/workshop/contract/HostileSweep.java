package workshop.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Sends request after request that must be refused, and tells at the end about all that were not. */
final class HostileSweep {
    private final Market market;
    private final String note;
    private final long dataBefore;
    private final List<String> wrongAnswers = new ArrayList<>();
    private int sent;

    HostileSweep(Market market) {
        this(market, "");
    }

    /** @param note what somebody needs to see the same again: a seed */
    HostileSweep(Market market, String note) {
        this.market = market;
        this.note = note;
        this.dataBefore = fingerprintOfAllRows();
    }

    /** @param named a regular expression for what the detail has to name */
    void get(String pathAndQuery, int status, String named) {
        send(market.request(pathAndQuery).build(), "", status, named);
    }

    void post(String path, String json, int status, String named) {
        send(market.posting(path, json), json, status, named);
    }

    void send(HttpRequest request, String body, int status, String named) {
        var line = request.method() + " " + request.uri().getRawPath()
                + (request.uri().getRawQuery() == null
                        ? ""
                        : "?" + request.uri().getRawQuery());
        var type = request.headers()
                .firstValue("Content-Type")
                .map(value -> " (" + value + ") ")
                .orElse(" ");
        check((line + type + body).strip(), () -> market.send(request), status, named);
    }

    /** Sends a body as it is, by a client that keeps writing while the server refuses already. */
    void raw(String method, String path, byte[] request, int status, String named) {
        check(new String(request, ISO_8859_1), () -> Market.checked(method, path, market.raw(request)), status, named);
    }

    private void check(String request, Supplier<Reply> answer, int status, String named) {
        sent++;
        try {
            var reply = answer.get();
            var detail = reply.status() < 400 ? "" : reply.json().path("detail").asString("");
            var expected = Pattern.compile(named, Pattern.CASE_INSENSITIVE);
            if (reply.status() != status || !expected.matcher(detail).find()) {
                wrongAnswers.add("%s%n    expected %d with a detail that names /%s/%n    answered %s"
                        .formatted(Reply.shortened(request), status, named, reply));
            }
        } catch (AssertionError againstTheContract) {
            wrongAnswers.add("%s%n    %s".formatted(Reply.shortened(request), againstTheContract.getMessage()));
        }
    }

    /** Every request was refused as it should be, no row changed, and the service still serves. */
    void assertAllRefused() {
        if (!wrongAnswers.isEmpty()) {
            var some = wrongAnswers.stream().limit(10).collect(joining(System.lineSeparator()));
            throw new AssertionError("%d of %d requests were not refused as the contract says%s; the first ones:%n%s"
                    .formatted(wrongAnswers.size(), sent, note, some));
        }
        assertThat(fingerprintOfAllRows())
                .as("rows changed by refused requests%s", note)
                .isEqualTo(dataBefore);
        assertThat(market.get("/api/customers").status()).isEqualTo(200);
    }

    private long fingerprintOfAllRows() {
        return market.query("""
                SELECT sum(hashtext(stored))
                  FROM (SELECT 'item' || t::text AS stored FROM item t
                         UNION ALL SELECT 'address' || t::text FROM address t
                         UNION ALL SELECT 'customer' || t::text FROM customer t
                         UNION ALL SELECT 'orders' || t::text FROM orders t
                         UNION ALL SELECT 'order_items' || t::text FROM order_items t) AS every_row
                """);
    }
}
