package workshop.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a body holds, it is answered 400, 413 or 415 with the culprit's name, and nothing is stored. */
interface HostileBodyContract {
    String GOOD_ORDER = "{\"customer_id\": 1, \"items\": [{\"id\": 2, \"quantity\": 4}, {\"id\": 3, \"quantity\": 1}]}";
    String JSON = "Content-Type: application/json\r\n";
    String GOOD_IDS = "{\"orders\": [1, 2]}";

    @Test
    default void hostileOrdersAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        Stream.of(HostileJson.malformed(GOOD_ORDER), HostileJson.notAnObject(GOOD_ORDER), HostileBodies.notAnOrder())
                .flatMap(bodies -> bodies)
                .forEach(body -> sweep.post("/api/add_new_order", body.json(), 400, body.named()));
        sweep.assertAllRefused();
    }

    @Test
    default void hostileBodiesForTotalsAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        Stream.of(HostileJson.malformed(GOOD_IDS), HostileJson.notAnObject(GOOD_IDS), HostileBodies.notIds())
                .flatMap(bodies -> bodies)
                .forEach(body -> sweep.post("/api/orders_total", body.json(), 400, body.named()));
        sweep.assertAllRefused();
    }

    @Test
    default void postsDoNotTakeQueryParameters(Market market) {
        var sweep = new HostileSweep(market);
        sweep.post("/api/add_new_order?customer_id=1", GOOD_ORDER, 400, "customer_id");
        sweep.post("/api/add_new_order?dry_run=true", GOOD_ORDER, 400, "dry_run");
        sweep.post("/api/orders_total?orders=1", GOOD_IDS, 400, "orders");
        sweep.assertAllRefused();
    }

    @Test
    default void whatTheSchemaRefusesTheServiceRefuses(Market market) {
        var random = market.seed().random();
        var sweep = new HostileSweep(market, market.seed().note());
        Stream.generate(() -> HostileJson.mutated(GOOD_ORDER, random))
                .filter(order -> !OpenApi.CONTRACT.allows("NewOrder", order))
                .limit(300)
                .forEach(order -> sweep.post("/api/add_new_order", order, 400, "."));
        sweep.assertAllRefused();
    }

    @Test
    default void bytesThatAreNotUtf8AreRefused(Market market) {
        var sweep = new HostileSweep(market);
        for (var broken :
                new String[] {"\u00ff", "\u00c3", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080"}) {
            var order = GOOD_ORDER.replace("{\"customer_id\"", "{\"" + broken + "\": 1, \"customer_id\"");
            var request = market.request("/api/add_new_order")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(order.getBytes(ISO_8859_1)));
            sweep.send(request.build(), order, 400, ".");
        }
        sweep.assertAllRefused();
    }

    @Test
    default void bodiesOverOneMebibyteAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        var limit = 1024 * 1024;
        for (var path : new String[] {"/api/add_new_order", "/api/orders_total"}) {
            var good = path.endsWith("total") ? GOOD_IDS : GOOD_ORDER;
            var justOver = (good + " ".repeat(limit + 1 - good.length())).getBytes(UTF_8);
            var farOver = ("\"" + "x".repeat(4 * limit) + "\"").getBytes(UTF_8);
            for (var body : new byte[][] {justOver, farOver}) {
                sweep.raw("POST", path, RawHttp.post(path, JSON + "Content-Length: " + body.length, body), 413, ".");
                sweep.raw(
                        "POST",
                        path,
                        RawHttp.post(path, JSON + "Transfer-Encoding: chunked", RawHttp.chunked(body)),
                        413,
                        ".");
            }
        }
        sweep.assertAllRefused();
    }

    @Test
    default void bodiesThatAreNotCalledJsonAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        for (var path : new String[] {"/api/add_new_order", "/api/orders_total"}) {
            var good = path.endsWith("total") ? GOOD_IDS : GOOD_ORDER;
            sweep.send(market.request(path).POST(BodyPublishers.ofString(good)).build(), good, 415, "application/json");
            Stream.of(
                            "text/plain",
                            "text/json",
                            "text/html; charset=application/json",
                            "application/x-www-form-urlencoded",
                            "multipart/form-data; boundary=x",
                            "application/jsonp",
                            "application/json5",
                            "application/json-patch+json",
                            "application/xml",
                            "application/octet-stream",
                            "application/*",
                            "*/*",
                            "json",
                            "application",
                            ";application/json")
                    .map(type -> market.request(path).header("Content-Type", type))
                    .forEach(request -> sweep.send(
                            request.POST(BodyPublishers.ofString(good)).build(), good, 415, "application/json"));
        }
        sweep.assertAllRefused();
    }

    /** JSON is UTF-8, whatever a charset says; to ignore or to refuse another one is the service's choice. */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "utf-16", "iso-8859-1", "a/b", "\"", ""})
    default void aStrangeCharsetIsNoBug(String charset, Market market) {
        var head = "Content-Length: " + GOOD_ORDER.length() + "\r\nContent-Type: application/json; charset=" + charset;
        var reply = Market.checked(
                "POST",
                "/api/add_new_order",
                market.raw(RawHttp.post("/api/add_new_order", head, GOOD_ORDER.getBytes(UTF_8))));
        assertThat(reply.status()).as(reply.toString()).isIn(201, 400, 415);
    }
}
