package workshop.contract;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import workshop.witness.Witness;

/** POST /api/add_new_order. */
interface NewOrderContract {
    String ORDER = "{\"customer_id\": 2, \"items\": [{\"id\": 4, \"quantity\": 3}, {\"id\": 1, \"quantity\": 1}]}";

    @Test
    default void aNewOrderIsStoredWithAllItsItems(Market market) {
        var reply = market.post("/api/add_new_order", ORDER);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.json()).isEqualTo(Reply.json("{\"order_id\": 4}"));
        assertThat(reply.header("Location")).isEqualTo("/api/order_total?order_id=4");
        assertThat(market.get(reply.header("Location")).json())
                .isEqualTo(Reply.json("{\"order_id\": 4, \"total_cost\": 11.00}"));

        var stored = market.get("/api/orders?cust_id=2").json().get(1);
        assertThat(stored.get("items").findValuesAsString("name")).containsExactly("Milk", "Onion");
        assertThat(stored.get("items").findValuesAsString("quantity")).containsExactly("1", "3");
        // A day's slack, because the contract does not say in which zone the service's clock is.
        assertThat(Duration.between(timeOf(stored), LocalDateTime.now()).abs()).isLessThan(Duration.ofDays(1));
    }

    @Test
    default void theSameOrderTwiceIsTwoOrders(Market market) {
        assertThat(market.post("/api/add_new_order", ORDER)
                        .json()
                        .get("order_id")
                        .intValue())
                .isEqualTo(4);
        assertThat(market.post("/api/add_new_order", ORDER)
                        .json()
                        .get("order_id")
                        .intValue())
                .isEqualTo(5);
        assertThat(market.count("order_items")).isEqualTo(5 + 4);
        var stored = market.get("/api/orders?cust_id=2").json();
        assertThat(timeOf(stored.get(2)))
                .as("the second order's time, after the first one's")
                .isAfter(timeOf(stored.get(1)));
        // Of a clock's microseconds both are whole milliseconds once in a million.
        assertThat(IntStream.of(1, 2).map(i -> timeOf(stored.get(i)).getNano() % 1_000_000))
                .as("what is finer than milliseconds in the times of two orders")
                .anyMatch(rest -> rest > 0);
    }

    private static LocalDateTime timeOf(JsonNode order) {
        return LocalDateTime.parse(order.get("order_time").stringValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"customer_id": 4711, "items": [{"id": 1, "quantity": 1}]}                         | 4711
            {"customer_id": 1, "items": [{"id": 1, "quantity": 1}, {"id": 4711, "quantity": 1}]} | 4711
            {"customer_id": 1, "items": [{"id": 4711, "quantity": 1}, {"id": 1, "quantity": 1}]} | 4711
            {"customer_id": 1, "items": [{"id": 2147483647, "quantity": 1}]}                   | 2147483647
            """)
    default void anOrderThatRefersToNothingLeavesNothingBehind(String order, String id, Market market) {
        var reply = market.post("/api/add_new_order", order);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("detail").stringValue()).contains(id);
        assertThat(market.count("orders")).isEqualTo(3);
        assertThat(market.count("order_items")).isEqualTo(5);
    }

    @Test
    default void noValueOfAnOrderIsAPartOfAStatement(Market market, Witness witness) throws Exception {
        HostileQueryContract.assertTheSameStatements(
                witness, () -> market.post("/api/add_new_order", ORDER), () -> market.post("/api/add_new_order", """
                {"customer_id": 1, "items": [{"id": 2, "quantity": 7}, {"id": 3, "quantity": 8}]}
                """));
    }

    @Test
    default void anOrderThatMeetsAnotherTransactionIsToBeTriedAgain(Market market) {
        market.execute("""
                CREATE FUNCTION lesson_meet_another() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01';
                END $$;
                CREATE TRIGGER meets_another BEFORE INSERT ON order_items FOR EACH ROW EXECUTE FUNCTION lesson_meet_another()
                """);
        try {
            var reply = market.post("/api/add_new_order", ORDER);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isNotBlank();
            await("the log says why")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> market.stage().output().stream().anyMatch(line -> line.contains("deadlock detected")));
        } finally {
            market.execute("DROP FUNCTION lesson_meet_another CASCADE");
        }
        assertThat(market.post("/api/add_new_order", ORDER).status()).isEqualTo(201);
    }

    @Test
    default void anOrderThatTheDatabaseRefusesHalfwayLeavesNothingBehind(Market market) {
        market.execute("ALTER TABLE order_items ADD CHECK (item_id <> 3 OR quantity < 1000)");
        var reply = market.post("/api/add_new_order", """
                {"customer_id": 1, "items": [{"id": 1, "quantity": 1}, {"id": 3, "quantity": 1000}]}
                """);
        assertThat(reply.status()).isGreaterThanOrEqualTo(400);
        assertThat(market.count("orders")).isEqualTo(3);
        assertThat(market.count("order_items")).isEqualTo(5);
        assertThat(market.post("/api/add_new_order", ORDER).status()).isEqualTo(201);
    }

    @Test
    default void noRequestLeavesATransactionOpen(Market market) {
        for (var order : new String[] {ORDER, ORDER.replace("4", "4711"), ORDER.replace("2", "4711"), "{}"}) {
            market.post("/api/add_new_order", order);
        }
        market.get("/api/orders?cust_id=4711");
        await("every session is idle, or gone, outside of a transaction").until(() -> market.query("""
                SELECT count(*)
                  FROM pg_stat_activity
                 WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
                """) == 0);
    }

    /** More values than a statement can have parameters, which are counted in 16 bits, and no more than a body holds. */
    @Test
    default void thousandsOfItemsAreOneOrder(Market market) {
        addItems(market, 22_000);
        var reply = market.post("/api/add_new_order", orderOf(22_000));
        assertThat(reply.status())
                .as("an order of 22,000 items, for a statement that may have 65,535 parameters: %s", reply)
                .isEqualTo(201);
        assertThat(market.query("SELECT count(*) FROM order_items WHERE order_id = 4 AND quantity = item_id"))
                .isEqualTo(22_000);
        var stored = market.get("/api/orders?cust_id=3").json().get(1);
        assertThat(stored.get("items").findValuesAsString("quantity"))
                .isEqualTo(IntStream.rangeClosed(1, 22_000)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    default void thousandsOfItemsAndOneThatDoesNotExistLeaveNothingBehind(Market market) {
        addItems(market, 3000);
        var reply = market.post("/api/add_new_order", orderOf(3001));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(market.count("orders")).isEqualTo(3);
        assertThat(market.count("order_items")).isEqualTo(5);
    }

    private static void addItems(Market market, int last) {
        market.execute("INSERT INTO item (name, price) SELECT 'Item ' || n, 0.01 FROM generate_series(5, %d) AS n"
                .formatted(last));
    }

    private static String orderOf(int items) {
        return IntStream.rangeClosed(1, items)
                .mapToObj(id -> "{\"id\":%d,\"quantity\":%d}".formatted(id, id))
                .collect(joining(",", "{\"customer_id\":3,\"items\":[", "]}"));
    }

    @Test
    default void ordersAtTheSameTimeAreDistinctAndWhole(Market market) {
        var flood = new OrderFlood(market);
        flood.run(64);
        flood.assertPromisesAreKept();
    }

    @Test
    default void aBodyOfExactlyOneMebibyteIsRead(Market market) {
        var reply = market.post("/api/add_new_order", ORDER + " ".repeat(1024 * 1024 - ORDER.length()));
        assertThat(reply.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""})
    default void jsonIsWhatItsContentTypeSays(String contentType, Market market) {
        var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(ORDER.getBytes(StandardCharsets.UTF_8)));
        var request = market.request("/api/add_new_order").header("Content-Type", contentType);
        assertThat(market.send(request.POST(BodyPublishers.ofString(ORDER)).build())
                        .status())
                .isEqualTo(201);
        assertThat(market.send(request.POST(chunked).build()).status()).isEqualTo(201);
    }
}
