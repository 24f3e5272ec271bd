package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletionException;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import workshop.faults.Faults;
import workshop.faults.SlowReader;
import workshop.stage.StageExtension;
import workshop.witness.Witness;

/** Promises 3, 5 and 7 for the two lists that stream, from step 4 on. */
@ExtendWith(StageExtension.class)
public interface StreamingContract {
    /** More than any buffer between the database and a client takes. */
    int CUSTOMERS = 12_000;

    String ALL_ORDERS = "/api/orders_between_dates?after=2024-01-01&before=2026-01-01";

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"/api/customers, 45000, 0", ALL_ORDERS + ", 1000, 12000"})
    default void aLongListPassesThroughASmallHeap(
            String path, int customers, int orders, Market market, Witness witness) throws IOException {
        generateLongRows(market, customers, orders);
        market.stage().restart(market.stage().settings().and("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
        var rows = orders > 0 ? market.count("orders") : market.count("customer");
        try (var body = open(market, path, "identity");
                var array = JsonMapper.shared().createParser(body)) {
            assertThat(array.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            assertThat(witness.awaitSessionsAtWork(sessions -> sessions == 1, Duration.ofSeconds(5)))
                    .as("cursors open when the first bytes have arrived")
                    .isEqualTo(1);
            assertThat(elements(array)).isEqualTo(rows);
        }
        assertThat(market.stage().isAlive()).isTrue();
    }

    @Test
    default void aListIsOfOneMoment(Market market) throws IOException {
        generateLongRows(market, CUSTOMERS, 0);
        var rows = market.count("customer");
        try (var body = open(market, "/api/customers", "identity");
                var array = JsonMapper.shared().createParser(body)) {
            assertThat(array.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            market.removeTheLast();
            assertThat(market.count("customer")).isLessThan(rows);
            assertThat(elements(array)).isEqualTo(rows);
        }
    }

    @Tag("slow")
    @Test
    default void aSlowReaderSlowsTheCursorDown(Market market, Witness witness) throws IOException {
        generateLongRows(market, CUSTOMERS, 0);
        try (var reader = SlowReader.start(uri(market, "/api/customers"), 100_000)) {
            // Waiting for its client, the service fetches nothing, and the server's session waits for the service.
            await("the cursor waits").atMost(Duration.ofSeconds(10)).until(() -> market.query("""
                            SELECT count(*)
                              FROM pg_stat_activity
                             WHERE application_name LIKE 'step-%' AND state IN ('idle in transaction', 'active')
                               AND wait_event_type = 'Client' AND state_change < clock_timestamp() - interval '1 second'
                            """) == 1);
            assertThat(reader.ended()).isFalse();
            assertThat(market.get("/api/order_total?order_id=1").status()).isEqualTo(200);
        }
        awaitNoTransaction(witness);
    }

    @Tag("slow")
    @Test
    default void clientsThatHangUpFreeTheirConnections(Market market, Witness witness) throws IOException {
        generateLongRows(market, CUSTOMERS, 0);
        // Twice eight are more than the pool has.
        for (var round = 0; round < 2; round++) {
            var readers = new ArrayList<SlowReader>();
            try {
                for (var i = 0; i < 8; i++) {
                    readers.add(SlowReader.start(uri(market, "/api/customers"), 1_000_000));
                }
                await("all of them stream")
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> readers.stream().allMatch(reader -> reader.bytes() > 100_000));
            } catch (ConditionTimeoutException notStreaming) {
                // What is read all the same has to end before the next test can begin.
                await("the lists end")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> readers.stream().allMatch(reader -> reader.bytes() > 0)
                                && witness.sessionsAtWork() == 0);
                throw notStreaming;
            } finally {
                for (var reader : readers) {
                    reader.close();
                }
            }
            awaitNoTransaction(witness);
        }
        assertThat(market.get("/api/order_total?order_id=1").status()).isEqualTo(200);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"/api/customers, identity", "/api/customers, gzip", ALL_ORDERS + ", identity"})
    default void aListThatBreaksOffNeverLooksComplete(String path, String encoding, Market market, Faults faults)
            throws IOException {
        var ofOrders = path.equals(ALL_ORDERS);
        generateLongRows(market, ofOrders ? 1000 : CUSTOMERS, ofOrders ? CUSTOMERS : 0);
        try (var body = open(market, path, encoding)) {
            assertThat(body.readNBytes(100_000)).hasSize(100_000);
            faults.killSessions();
            // One that neither ends nor breaks off keeps its client for ever.
            assertTimeoutPreemptively(
                    Duration.ofMinutes(1),
                    () -> assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class));
        } finally {
            awaitTheDatabase(market);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/customers", ALL_ORDERS})
    default void aListThatCannotBeginIsAnsweredAsAnyFailure(String path, Market market) {
        market.execute("ALTER TABLE customer RENAME name TO gone");
        assertThat(market.get(path).status()).isEqualTo(500);
    }

    /** What waits in a buffer for its packet to fill has not left: it is answered as if there had been none of it. */
    @Tag("slow")
    @Test
    default void aListThatFailsBeforeItHasLeftIsAnsweredAsAnyFailure(Market market, Faults faults) {
        market.execute("""
                INSERT INTO orders (customer_id, order_time)
                SELECT 1 + n % 3, timestamp '2024-04-01' + n * interval '1 minute' FROM generate_series(1, 300) AS n;
                ANALYZE orders
                """);
        faults.relay().cutAfter(6000);
        try {
            var answer = market.sendAsync(market.request(ALL_ORDERS).build()).join();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("status").intValue()).isEqualTo(503);
        } catch (CompletionException broken) {
            // Who has smaller buffers has sent something, and then the connection breaks.
            assertThat(broken).hasCauseInstanceOf(IOException.class);
            assertThat(broken.getCause()).isNotInstanceOf(HttpTimeoutException.class);
        } finally {
            faults.off();
            awaitTheDatabase(market);
        }
    }

    /** Few rows, but of 1.6 kB and more, which gzip can only halve: as many bytes as of many short ones, sooner made and read. */
    private static void generateLongRows(Market market, int customers, int orders) {
        market.db().generate(customers, orders, market.seed().random().nextInt(1_000_000));
        market.execute("""
                UPDATE customer SET name = %1$s;
                UPDATE item SET description = %1$s;
                ANALYZE customer, item
                """.formatted("""
                (SELECT string_agg(encode(sha512((id || '.' || part)::bytea), 'hex'), '')
                   FROM generate_series(1, 13) AS part)"""));
    }

    /** Whatever came of a test that cut connections: the next one begins with a service whose connections are alive. */
    private static void awaitTheDatabase(Market market) {
        await("the service finds the database again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> market.get("/api/order_total?order_id=1").status() == 200);
    }

    private static void awaitNoTransaction(Witness witness) {
        await("no session works for clients that have gone")
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> witness.sessionsAtWork() == 0);
    }

    /** @return how many objects the array holds; it fails unless the array ends as JSON does */
    private static long elements(JsonParser array) {
        var count = 0L;
        while (array.nextToken() == JsonToken.START_OBJECT) {
            array.skipChildren();
            count++;
        }
        assertThat(array.currentToken()).isEqualTo(JsonToken.END_ARRAY);
        return count;
    }

    private static InputStream open(Market market, String path, String encoding) throws IOException {
        return market.open(
                market.request(path).header("Accept-Encoding", encoding).build());
    }

    private static URI uri(Market market, String path) {
        return URI.create(market.stage().baseUri() + path);
    }
}
