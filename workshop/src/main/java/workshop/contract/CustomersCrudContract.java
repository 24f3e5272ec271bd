package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workshop.stage.StageExtension;
import workshop.witness.Witness;

/** One customer to read, to add, to change and to remove, from step 6 on. */
@ExtendWith(StageExtension.class)
public interface CustomersCrudContract {
    String DANA =
            "{\"name\": \"Dana\", \"email\": \"dana@example.com\", \"address\": {\"flat_number\": 401, \"post_code\": 10004}}";

    @Test
    default void aCustomerIsShownAsInTheList(Market market) {
        var listed = market.get("/api/customers").json();
        assertThat(listed.size()).isEqualTo(3);
        listed.forEach(customer -> assertThat(
                        market.get("/api/customers/" + customer.get("id")).json())
                .isEqualTo(customer));
    }

    @Test
    default void anAddedCustomerIsThere(Market market) {
        var added = market.post("/api/customers", DANA);
        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json())
                .isEqualTo(
                        Reply.json(
                                "{\"id\": 4, \"name\": \"Dana\", \"email\": \"dana@example.com\", \"address\": {\"flat_number\": 401, \"post_code\": 10004}}"));
        assertThat(added.header("Location")).isEqualTo("/api/customers/4");
        assertThat(market.get("/api/customers/4").json()).isEqualTo(added.json());
        assertThat(market.get("/api/customers").json().get(3)).isEqualTo(added.json());
        assertThat(market.post("/api/add_new_order", NewOrderContract.ORDER.replace(": 2,", ": 4,"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    default void aChangedCustomerIsAnotherAtTheSameId(Market market) {
        var changed = put(market, 2, DANA);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json()).isEqualTo(Reply.json("{\"id\": 2, " + DANA.substring(1)));
        assertThat(market.get("/api/customers/2").json()).isEqualTo(changed.json());
        assertThat(put(market, 2, DANA).json()).isEqualTo(changed.json());
        assertThat(market.count("customer")).isEqualTo(3);
        assertThat(market.get("/api/orders?cust_id=2").json().size()).isEqualTo(1);
    }

    @Test
    default void noValueOfACustomerIsAPartOfAStatement(Market market, Witness witness) throws Exception {
        HostileQueryContract.assertTheSameStatements(
                witness, () -> market.get("/api/customers/1"), () -> market.get("/api/customers/3"));
        HostileQueryContract.assertTheSameStatements(
                witness, () -> put(market, 1, DANA), () -> put(market, 2, another("Donna")));
        HostileQueryContract.assertTheSameStatements(
                witness,
                () -> market.post("/api/customers", another("Erin")),
                () -> market.post("/api/customers", another("Frances")));
    }

    /** In which every value is another one than in {@link #DANA}'s, and than under another name. */
    private static String another(String name) {
        return DANA.replace("Dana", name)
                .replace("dana", name.toLowerCase(Locale.ROOT))
                .replace("401", "5" + name.length())
                .replace("10004", "2000" + name.length());
    }

    @Test
    default void whoSharesAnAddressStaysThere(Market market) {
        market.execute("UPDATE customer SET address_id = 1");
        assertThat(put(market, 2, DANA).status()).isEqualTo(200);
        assertThat(market.get("/api/customers/1")
                        .json()
                        .get("address")
                        .get("flat_number")
                        .intValue())
                .isEqualTo(101);
        market.execute("DELETE FROM order_items; DELETE FROM orders");
        assertThat(delete(market, 3).status()).isEqualTo(204);
        assertThat(market.get("/api/customers/1").status()).isEqualTo(200);
    }

    @Test
    default void aRemovedCustomerIsGone(Market market) {
        market.post("/api/customers", DANA);
        var removed = delete(market, 4);
        assertThat(removed.status()).isEqualTo(204);
        assertThat(removed.body()).isEmpty();
        assertThat(market.get("/api/customers/4").status()).isEqualTo(404);
        assertThat(delete(market, 4).status()).isEqualTo(404);
        assertThat(market.get("/api/customers").json().size()).isEqualTo(3);
    }

    @Test
    default void whoIsNotThereIsNotFound(Market market) {
        for (var id : List.of(4711, Integer.MAX_VALUE)) {
            for (var answer : List.of(market.get("/api/customers/" + id), put(market, id, DANA), delete(market, id))) {
                assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
                assertThat(answer.json().get("detail").stringValue()).contains(Integer.toString(id));
            }
        }
        assertThat(market.count("customer")).isEqualTo(3);
        assertThat(market.count("address")).isEqualTo(3);
    }

    @Test
    default void aTakenEmailIsAConflictThatLeavesNothingBehind(Market market) {
        var taken = DANA.replace("dana@", "alex@");
        assertThat(market.post("/api/customers", taken).status()).isEqualTo(409);
        assertThat(put(market, 2, taken).status()).isEqualTo(409);
        assertThat(market.count("customer")).isEqualTo(3);
        assertThat(market.count("address")).isEqualTo(3);
        assertThat(market.get("/api/customers/2").json().get("email").stringValue())
                .isEqualTo("blake@example.com");
        assertThat(market.query("SELECT flat_number FROM address WHERE id = 2")).isEqualTo(201);
    }

    @Test
    default void whoHasOrdersCannotBeRemoved(Market market) {
        assertThat(delete(market, 1).status()).isEqualTo(409);
        assertThat(market.get("/api/customers/1").status()).isEqualTo(200);
        assertThat(market.count("orders")).isEqualTo(3);
    }

    @Test
    default void ofManyWithTheSameEmailOneIsAdded(Market market) {
        assertThat(market.get("/api/customers/1").status()).isEqualTo(200);
        var answers =
                IntStream.range(0, 40)
                        .mapToObj(i -> market.sendAsync(market.posting("/api/customers", DANA)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .map(Reply::status)
                        .toList();
        assertThat(answers).containsOnly(201, 409).containsOnlyOnce(201);
        assertThat(market.count("customer")).isEqualTo(4);
        assertThat(market.count("address")).isEqualTo(4);
    }

    @Test
    default void whatIsATextIsStoredAsItIs(Market market) {
        for (var name : List.of("Zoë", "山田 🛒", "O'Hara", "'; DROP TABLE customer; --", ":id $1 {0} %s", "<b>&amp;")) {
            var added = market.post("/api/customers", DANA.replace("\"Dana\"", Reply.JSON.writeValueAsString(name)));
            assertThat(added.json().get("name").stringValue()).isEqualTo(name);
            var place = added.header("Location");
            assertThat(market.get(place).json().get("name").stringValue()).isEqualTo(name);
            market.send(market.request(place).DELETE().build());
        }
        for (var email : List.of("d.o+x_y-z@mail.example-1.info", "d".repeat(188) + "@example.com")) {
            var longest = DANA.replace("\"Dana\"", "\"" + "D".repeat(200) + "\"");
            var added = market.post("/api/customers", longest.replace("dana@example.com", email));
            assertThat(added.status()).as(email).isEqualTo(201);
            assertThat(added.json().get("email").stringValue()).isEqualTo(email);
            market.send(market.request(added.header("Location")).DELETE().build());
        }
        assertThat(market.count("customer")).isEqualTo(3);
    }

    @Test
    default void hostileCustomersAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        Stream.of(HostileJson.malformed(DANA), HostileJson.notAnObject(DANA), HostileBodies.notACustomer())
                .flatMap(bodies -> bodies)
                .forEach(body -> {
                    sweep.post("/api/customers", body.json(), 400, body.named());
                    sweep.send(putting(market, "2", body.json()), body.json(), 400, body.named());
                });
        sweep.post("/api/customers?id=1", DANA, 400, "id");
        sweep.send(putting(market, "2?dry_run=true", DANA), DANA, 400, "dry_run");
        sweep.send(market.request("/api/customers/2?dry_run=true").DELETE().build(), "", 400, "dry_run");
        sweep.assertAllRefused();
    }

    @Test
    default void whatTheSchemaOfACustomerRefusesTheServiceRefuses(Market market) {
        var random = market.seed().random();
        var sweep = new HostileSweep(market, market.seed().note());
        Stream.generate(() -> HostileJson.mutated(DANA, random))
                .filter(customer -> !OpenApi.CONTRACT.allows("NewCustomer", customer))
                .limit(300)
                .forEach(customer -> sweep.post("/api/customers", customer, 400, "."));
        sweep.assertAllRefused();
    }

    @Test
    default void hostileIdsInThePathAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        HostileValues.ids()
                // Another path, or what the HTTP server refuses before.
                .filter(id -> !id.isEmpty() && !id.matches("(?s).*[/\\\\;\\p{Cc}%].*|\\.+"))
                .map(id -> Market.encoded(id).replace("+", "%20"))
                .forEach(id -> {
                    sweep.get("/api/customers/" + id, 400, "id");
                    sweep.send(putting(market, id, DANA), DANA, 400, "id");
                    sweep.send(market.request("/api/customers/" + id).DELETE().build(), "", 400, "id");
                });
        sweep.get("/api/customers/1?id=2", 400, "id");
        sweep.assertAllRefused();
    }

    @Test
    default void otherMethodsAndTypesAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        sweep.post("/api/customers/1", DANA, 405, ".");
        var text = market.request("/api/customers/1").header("Content-Type", "text/plain");
        sweep.send(text.PUT(BodyPublishers.ofString(DANA)).build(), DANA, 415, "json");
        sweep.post("/api/customers", DANA + " ".repeat(1024 * 1024), 413, ".");
        sweep.assertAllRefused();
    }

    private static HttpRequest putting(Market market, String id, String json) {
        return market.request("/api/customers/" + id)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build();
    }

    private static Reply put(Market market, int id, String json) {
        return market.send(putting(market, Integer.toString(id), json));
    }

    private static Reply delete(Market market, int id) {
        return market.send(market.request("/api/customers/" + id).DELETE().build());
    }
}
