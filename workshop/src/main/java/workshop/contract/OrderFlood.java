package workshop.contract;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many orders at once, each unlike the others, so that the database can tell which are there and whole. */
final class OrderFlood {
    private static final int ITEMS = 10;
    private static final Executor LATER = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

    private final Market market;
    /** The number in the flood of each order that was answered 201, by its id. */
    private final Map<Integer, Integer> promised = new ConcurrentSkipListMap<>();

    private final Queue<Reply> refused = new ConcurrentLinkedQueue<>();
    private int sent;
    private volatile boolean over;

    OrderFlood(Market market) {
        this.market = market;
        market.execute("INSERT INTO item (name, price) SELECT 'Item ' || n, n FROM generate_series(5, %d) AS n"
                .formatted(ITEMS));
        // Storing takes its time: orders overtake each other, and a disaster always finds some of them half stored.
        market.execute("""
                ALTER TABLE orders ADD CHECK (pg_sleep(random() * 0.1)::text IS NOT NULL);
                ALTER TABLE order_items ADD CHECK (pg_sleep(0.003)::text IS NOT NULL);
                """);
    }

    /** Sends {@code count} orders at once, each of which is answered 201. */
    void run(int count) {
        var answers = send(count);
        CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES).execute(() -> over = true);
        finish(answers);
        assertThat(refused).isEmpty();
        assertThat(promised).as("orders answered 201, by their ids").hasSize(count);
    }

    /** Sends {@code count} orders at once and lets {@code disaster} strike when {@code enough} are answered 201. */
    void run(int count, int enough, Runnable disaster) {
        var answers = send(count);
        try {
            await(enough + " orders answered 201")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> promised.size() >= enough);
            disaster.run();
        } finally {
            over = true;
        }
        finish(answers);
        assertThat(promised.size())
                .as("orders answered 201 before the disaster of %d", count)
                .isLessThan(count);
    }

    private CompletableFuture<?>[] send(int count) {
        sent = count;
        return IntStream.range(0, count).mapToObj(this::sendOrder).toArray(CompletableFuture<?>[]::new);
    }

    /** An order that is refused for want of a connection is sent again, as its Retry-After says. */
    private CompletableFuture<Void> sendOrder(int n) {
        return market.sendAsync(market.posting("/api/add_new_order", order(n))).thenCompose(reply -> {
            if (reply.status() != 503 || over) {
                remember(n, reply);
                return CompletableFuture.completedFuture(null);
            }
            return CompletableFuture.runAsync(() -> {}, LATER).thenCompose(later -> sendOrder(n));
        });
    }

    /** Requests that a disaster cut off fail, but an answer against the contract must not hide among them. */
    private static void finish(CompletableFuture<?>[] answers) {
        CompletableFuture.allOf(answers).handle((nothing, cutOff) -> nothing).join();
        Stream.of(answers)
                .filter(CompletableFuture::isCompletedExceptionally)
                .map(CompletableFuture::exceptionNow)
                .filter(AssertionError.class::isInstance)
                .map(AssertionError.class::cast)
                .findFirst()
                .ifPresent(againstTheContract -> {
                    throw againstTheContract;
                });
    }

    private void remember(int n, Reply reply) {
        if (reply.status() == 201) {
            promised.put(reply.json().get("order_id").intValue(), n);
        } else {
            refused.add(reply);
        }
    }

    /** Each order answered 201 is stored as it was sent, and none is stored in part. */
    void assertPromisesAreKept() {
        var stored = storedOrders();
        var whole = IntStream.range(0, sent).mapToObj(OrderFlood::stored).collect(toSet());
        assertThat(stored.entrySet().stream()
                        .filter(order -> !whole.contains(order.getValue()))
                        .limit(5))
                .as("orders stored in part")
                .isEmpty();
        assertThat(promised.entrySet().stream()
                        .filter(order -> !stored(order.getValue()).equals(stored.get(order.getKey())))
                        .map(Map.Entry::getKey)
                        .limit(5))
                .as("orders answered 201 that are not there as they were sent")
                .isEmpty();
        assertThat(refused)
                .allSatisfy(
                        reply -> assertThat(reply.status()).as(reply.toString()).isEqualTo(503));
    }

    private static String order(int n) {
        return lines(n, "{\"id\": %d, \"quantity\": %d}")
                .collect(joining(",", "{\"customer_id\": " + customer(n) + ", \"items\": [", "]}"));
    }

    private static String stored(int n) {
        return lines(n, "%d×%d").collect(joining(" ", "customer " + customer(n) + ": ", ""));
    }

    private static Stream<String> lines(int n, String format) {
        return IntStream.rangeClosed(1, ITEMS).mapToObj(item -> format.formatted(item, n + item));
    }

    private static int customer(int n) {
        return 1 + n % 3;
    }

    private Map<Integer, String> storedOrders() {
        var sql = """
                SELECT orders.id, 'customer ' || customer_id || ': '
                       || coalesce(string_agg(item_id || '×' || quantity, ' ' ORDER BY item_id), 'no items')
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                 WHERE orders.id > 3
                 GROUP BY orders.id
                """;
        try (var connection = market.db().admin();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var stored = new TreeMap<Integer, String>();
            while (rows.next()) {
                stored.put(rows.getInt(1), rows.getString(2));
            }
            return stored;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
