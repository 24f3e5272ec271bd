package marketsvc;

import static workshop.lesson.Lesson.answer;
import static workshop.lesson.Lesson.expect;
import static workshop.lesson.Lesson.expectOneTransaction;
import static workshop.lesson.Lesson.order;
import static workshop.witness.Witness.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import workshop.contract.Reply;
import workshop.faults.Relay;
import workshop.faults.SlowReader;
import workshop.lesson.Lesson;
import workshop.stage.StageExtension;
import workshop.stage.StartedWith;
import workshop.witness.Observation;

/** What PostgreSQL has to see of step 6, a class for each exercise. */
@Tag("lesson")
@ExtendWith(StageExtension.class)
class LessonTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(20);

    private static final String CUSTOMERS = "/api/customers";
    private static final String NEW_ORDER = "/api/add_new_order";

    /** Orders as the contract shows them; by which columns, and which of them. */
    private static final String STORED = """
            SELECT coalesce(json_agg(json_build_object(
                       'order_id', orders.id,
                       'customer', json_build_object('name', customer.name),
                       'order_time', to_char(orders.order_time, 'YYYY-MM-DD"T"HH24:MI:SS'),
                       'items', (SELECT coalesce(json_agg(json_build_object(
                                            'name', item.name, 'description', item.description, 'price', item.price,
                                            'quantity', order_items.quantity,
                                            'total', item.price * order_items.quantity) ORDER BY item.id), '[]')
                                   FROM order_items
                                   JOIN item ON item.id = order_items.item_id
                                  WHERE order_items.order_id = orders.id))
                       ORDER BY %s), '[]')
              FROM orders
              JOIN customer ON customer.id = orders.customer_id
             WHERE %s
            """;

    private static void expectStatus(int status, Reply answer, String what, Object... values) {
        expect(
                answer.status() == status,
                "%s was answered %s; %d expected.",
                what.formatted(values),
                answer.brief(),
                status);
    }

    private static JsonNode stored(Lesson lesson, String by, String which) {
        return Reply.json(lesson.market().text(STORED.formatted(by, which)));
    }

    private static void expectAsStored(String what, JsonNode served, JsonNode stored) {
        expect(
                served.size() == stored.size(),
                "%s: the service shows %d; the database holds %d.",
                what,
                served.size(),
                stored.size());
        for (var i = 0; i < stored.size(); i++) {
            expect(
                    served.path(i).equals(stored.path(i)),
                    "%s: number %d is not order %d as the database holds it: %s",
                    what,
                    i + 1,
                    stored.path(i).path("order_id").intValue(),
                    served.path(i));
        }
    }

    private static long questionsAboutOrders(Observation seen) {
        return seen.statements().stream()
                .filter(statement -> statement.sql().contains("order"))
                .count();
    }

    @Nested
    class Exercise1 {
        private static final int REQUESTS = 200;
        private static final int PATIENCE_MS = 2000;
        /** Named by reactor-netty, or by Netty: the group's name and two numbers. */
        private static final Pattern EVENT_LOOP = Pattern.compile(".*-(epoll|nio|kqueue|io_uring|\\d+)-\\d+");

        /** Windows counts a thread's time in ticks of 16 ms. */
        private static final long MUCH_WORK = 100_000_000;

        private static final String ABANDONED =
                "SELECT sessions_abandoned FROM pg_stat_database WHERE datname = current_database()";
        private static final List<String> GAUGES = List.of("acquired", "idle", "pending", "allocated", "max");

        @Test
        void allRequestsShareOnePool(Lesson lesson) throws Exception {
            var size = 5 + lesson.random().nextInt(4);
            lesson.restart(settings -> settings.and("POOL_SIZE", size).and("POOL_TIMEOUT_MS", PATIENCE_MS));
            connectionsAreShared(lesson, size);
            eventLoopsShareThem(lesson, size);
            theDeadAreNotLent(lesson, size);
            exhaustionIsAnAnswer(lesson, size);
            expect(
                    lesson.refusedStart(settings -> settings.and("POOL_SIZE", 1))
                            .isEmpty(),
                    "With POOL_SIZE=1 the service did not start.");
            if (lesson.market().stage().handle().supportsNormalTermination()) { // Windows has no SIGTERM
                isClosedInTheEnd(lesson);
            }
        }

        private void isClosedInTheEnd(Lesson lesson) {
            expectStatus(200, lesson.get("/api/order_total?order_id=1"), "A total");
            var abandoned = lesson.market().query(ABANDONED);
            lesson.market().stage().close();
            lesson.witness().awaitOpenSessions(open -> open == 0, SOON);
            var left = lesson.market().query(ABANDONED) - abandoned;
            expect(
                    left == 0,
                    "The service that got SIGTERM ended without closing its connections: the database found %d of them abandoned; 0 expected.",
                    left);
        }

        private void connectionsAreShared(Lesson lesson, int size) throws Exception {
            var seen = lesson.during(() -> {
                askForTotals(lesson);
            });
            expect(
                    seen.sessionsOpened() <= size,
                    "%d requests opened %d connections; with POOL_SIZE=%d at most %d expected.",
                    REQUESTS,
                    seen.sessionsOpened(),
                    size,
                    size);
            GAUGES.forEach(name -> gauge(lesson, name));
        }

        private static void askForTotals(Lesson lesson) throws Exception {
            for (var i = 0; i < REQUESTS / 20; i++) {
                var asked = IntStream.range(0, 20)
                        .mapToObj(n -> lesson.getAsync("/api/order_total?order_id=1"))
                        .toList();
                for (var one : asked) {
                    expectStatus(200, answer(one, LATE, "A total"), "A total");
                }
            }
        }

        /** A connection is served by one event loop for life, so one that has them all uses one processor for all. */
        private void eventLoopsShareThem(Lesson lesson, int size) throws Exception {
            try (var jvm = lesson.market().stage().gauges()) {
                var before = jvm.cpuNanos(EVENT_LOOP);
                var work = List.<Long>of();
                var most = 0L;
                for (var round = 0; round < 10 && most < MUCH_WORK; round++) {
                    askForTotals(lesson);
                    work = jvm.cpuNanos(EVENT_LOOP).entrySet().stream()
                            .map(loop -> loop.getValue() - before.getOrDefault(loop.getKey(), 0L))
                            .toList();
                    most = work.stream().max(Long::compare).orElse(0L);
                }
                var little = most / 10;
                var busy = work.stream().filter(nanos -> nanos > little).count();
                expect(
                        busy > 1 || Runtime.getRuntime().availableProcessors() == 1,
                        "%d requests over %d connections were all served by one thread, an event loop that has all of them; 2 or more expected.",
                        REQUESTS,
                        size);
            }
        }

        private static int gauge(Lesson lesson, String name) {
            var line = Pattern.compile("(?m)^r2dbc_pool_%s_connections\\{[^}]*pool=[^}]*} (\\d+)".formatted(name))
                    .matcher(lesson.get("/metrics").body());
            expect(line.find(), "GET /metrics does not show the gauge r2dbc_pool_%s_connections{pool=…}.", name);
            return Integer.parseInt(line.group(1));
        }

        private void exhaustionIsAnAnswer(Lesson lesson, int size) throws Exception {
            lesson.faults().lock("customer");
            var holding = IntStream.range(0, size)
                    .mapToObj(i -> lesson.getAsync(CUSTOMERS))
                    .toList();
            await(SOON, () -> lesson.witness().busySessions() >= size);
            var busy = lesson.witness().mostBusySessions(SOON);
            expect(
                    busy == size,
                    "With POOL_SIZE=%d, %d requests at once kept %d connections busy; %d expected.",
                    size,
                    size,
                    busy,
                    size);
            var max = gauge(lesson, "max");
            expect(max == size, "With POOL_SIZE=%d the gauge r2dbc_pool_max_connections says %d.", size, max);
            expectGauge(lesson, "acquired", size, "While %d connections were busy".formatted(busy));
            expectGauge(lesson, "idle", 0, "While all connections were busy");
            var start = System.nanoTime();
            var what = "With all of %d connections held and POOL_TIMEOUT_MS=%d, another request"
                    .formatted(size, PATIENCE_MS);
            var asked = lesson.getAsync("/api/order_total?order_id=1");
            var pending = new AtomicInteger();
            await(Duration.ofMillis(PATIENCE_MS / 2), () -> {
                pending.set(gauge(lesson, "pending"));
                return pending.get() == 1;
            });
            expect(
                    pending.get() == 1,
                    "While one request waited for a connection, the gauge r2dbc_pool_pending_connections said %d; 1 expected.",
                    pending.get());
            var late = answer(asked, LATE, what);
            var waited = Duration.ofNanos(System.nanoTime() - start).toMillis();
            expectStatus(503, late, what);
            expect(
                    waited >= PATIENCE_MS * 9 / 10 && waited < PATIENCE_MS * 18 / 10,
                    "%s was answered after %d ms; %d to %d expected.",
                    what,
                    waited,
                    PATIENCE_MS * 9 / 10,
                    PATIENCE_MS * 18 / 10);
            lesson.faults().off();
            for (var one : holding) {
                expectStatus(200, answer(one, LATE, "Who held a connection"), "Who held a connection");
            }
            expectStatus(200, lesson.get("/api/order_total?order_id=1"), "Afterwards a request");
            await(SOON, () -> gauge(lesson, "idle") == size);
            expectGauge(lesson, "idle", size, "When nobody asked any more");
            expectGauge(lesson, "pending", 0, "When nobody asked any more");
            expectGauge(lesson, "acquired", 0, "When nobody asked any more");
            expectGauge(lesson, "allocated", size, "When nobody asked any more");
        }

        private static void expectGauge(Lesson lesson, String name, int expected, String when) {
            var value = gauge(lesson, name);
            expect(
                    value == expected,
                    "%s, the gauge r2dbc_pool_%s_connections said %d; %d expected.",
                    when,
                    name,
                    value,
                    expected);
        }

        private void theDeadAreNotLent(Lesson lesson, int size) {
            for (var round = 0; round < 3; round++) {
                lesson.faults().lock("customer");
                var open = IntStream.range(0, size)
                        .mapToObj(i -> lesson.getAsync(CUSTOMERS))
                        .toList();
                await(SOON, () -> lesson.witness().busySessions() >= size);
                lesson.faults().off();
                await(LATE, () -> open.stream().allMatch(CompletableFuture::isDone));
                lesson.faults().killSessions();
                lesson.witness().awaitOpenSessions(sessions -> sessions == 0, SOON);
                await(SOON, () -> lesson.relay().connections() == 0);
                var failed = 0;
                for (var i = 0; i < 2 * size; i++) {
                    failed += lesson.get("/api/order_total?order_id=1").status() == 200 ? 0 : 1;
                }
                // One or two may come before the news of it does.
                expect(
                        failed <= 2,
                        "After %d connections were killed, %d of %d requests failed; at most 2 expected.",
                        size,
                        failed,
                        2 * size);
                expectStatus(200, lesson.get("/health"), "After connections were killed, GET /health");
            }
        }
    }

    @Nested
    @StartedWith("POOL_TIMEOUT_MS=10000") // a pool may open its connections when they are asked for, on a slow line
    class Exercise2 {
        private static final int MOVERS = 4;
        private static final int HOUSEMATES = 6;
        private static final int MOVES = 20;
        private static final String EMPTY_ADDRESSES =
                "SELECT count(*) FROM address WHERE NOT EXISTS (SELECT FROM customer WHERE address_id = address.id)";

        @Test
        void customersAreEntities(Lesson lesson) throws Exception {
            var email = "dana%d@example.com".formatted(lesson.random().nextInt(1_000_000));
            isAdded(lesson, email);
            isChanged(lesson);
            isRemoved(lesson);
            conflictsLeaveNothingBehind(lesson);
            whoIsNotThere(lesson);
            whoOrdersWhileHeIsRemoved(lesson);
            neighbours(lesson);
            moversAtOnce(lesson);
            whoIsRemovedWhileHeMoves(lesson);
            housematesAtOnce(lesson);
            isSeenInOnePlace(lesson);
        }

        private void isAdded(Lesson lesson, String email) throws Exception {
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(lesson.post(CUSTOMERS, customer("Dana", email, 401))));
            var added = replies.getFirst();
            expectStatus(201, added, "A new customer");
            expectOneTransaction("A new customer with an address", seen);
            expect(
                    added.header("Location").equals("/api/customers/4"),
                    "A new customer was answered with Location \"%s\"; /api/customers/4 expected.",
                    added.header("Location"));
            var shown = lesson.get("/api/customers/4");
            expectStatus(200, shown, "GET /api/customers/4, who was added");
            for (var answer : List.of(added, shown)) {
                expect(
                        answer.json()
                                .equals(Reply.json("{\"id\": 4, "
                                        + customer("Dana", email, 401).substring(1))),
                        "The customer who was added is shown as %s.",
                        answer.body());
            }
        }

        private void isChanged(Lesson lesson) throws Exception {
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(put(lesson, 4, customer("Dana Doe", "doe@example.com", 402))));
            var changed = replies.getFirst();
            expectStatus(200, changed, "A changed customer");
            expectOneTransaction("A change to a customer and his address", seen);
            var shown = lesson.get("/api/customers/4").body();
            expect(
                    shown.contains("Dana Doe") && shown.contains("doe@example.com") && shown.contains("402"),
                    "The customer who was changed is shown as %s.",
                    shown);
            expect(
                    changed.json().equals(Reply.json(shown)),
                    "The change was answered with %s, and the customer is shown as %s; the same expected.",
                    changed.body(),
                    shown);
        }

        private void isRemoved(Lesson lesson) throws Exception {
            var before = lesson.market().query(EMPTY_ADDRESSES);
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(delete(lesson, 4)));
            expectStatus(204, replies.getFirst(), "DELETE of a customer without orders");
            expectOneTransaction("The removal of a customer with his address", seen);
            expectStatus(404, lesson.get("/api/customers/4"), "GET of the customer who was removed");
            expectStatus(404, delete(lesson, 4), "DELETE of the customer who was removed");
            var left = lesson.market().query(EMPTY_ADDRESSES) - before;
            expect(
                    left == 0,
                    "A customer who lived alone was removed; %d addresses are left at which nobody lives; 0 expected.",
                    left);
        }

        private void conflictsLeaveNothingBehind(Lesson lesson) {
            lesson.market()
                    .execute(
                            "DELETE FROM address WHERE NOT EXISTS (SELECT FROM customer WHERE address_id = address.id)");
            var taken = customer("Dana", "alex@example.com", 401);
            expectStatus(409, lesson.post(CUSTOMERS, taken), "A new customer with an email that is taken");
            expectStatus(409, put(lesson, 2, taken), "A change to an email that is taken");
            expectStatus(409, delete(lesson, 1), "DELETE of a customer who has orders");
            // The same SQLSTATE, and another answer.
            expectStatus(422, lesson.post(NEW_ORDER, order(77, 1)), "An order of a customer who is not there");
            for (var table : List.of("customer", "address", "orders")) {
                expect(
                        lesson.market().count(table) == 3,
                        "After conflicts the table %s has %d rows; 3 expected, as before.",
                        table,
                        lesson.market().count(table));
            }
        }

        /** Whoever looks for orders first sees none: it is not committed yet. */
        private void whoOrdersWhileHeIsRemoved(Lesson lesson) throws Exception {
            lesson.market().execute("""
                    INSERT INTO address (flat_number, post_code) VALUES (940, 10004);
                    INSERT INTO customer (name, email, address_id)
                    SELECT 'Buyer', 'buyer@example.com', max(id) FROM address
                    """);
            var buyer = (int) lesson.market().query("SELECT max(id) FROM customer");
            try (var elsewhere = lesson.market().db().admin();
                    var ordering = elsewhere.createStatement()) {
                elsewhere.setAutoCommit(false);
                ordering.execute(
                        "INSERT INTO orders (customer_id, order_time) VALUES (%d, LOCALTIMESTAMP)".formatted(buyer));
                var removal = lesson.sendAsync(removing(lesson, buyer));
                await(SOON, () -> removal.isDone() || lesson.witness().sessionsThatWait() >= 1);
                elsewhere.commit();
                expectStatus(
                        409,
                        answer(removal, LATE, "A customer's removal"),
                        "DELETE of a customer whose order was being stored meanwhile");
            }
            lesson.market().execute("DELETE FROM orders WHERE customer_id = %d".formatted(buyer));
            expectStatus(204, delete(lesson, buyer), "DELETE of a customer who has no orders any more");
        }

        private void whoIsNotThere(Lesson lesson) {
            var nobody = 1000 + lesson.random().nextInt(1000);
            expectStatus(404, lesson.get("/api/customers/" + nobody), "GET of a customer who is not there");
            expectStatus(
                    404,
                    put(lesson, nobody, customer("Dana", "d@example.com", 1)),
                    "PUT of a customer who is not there");
            expect(
                    lesson.market().count("customer") == 3 && lesson.market().count("address") == 3,
                    "PUT of a customer who is not there left %d customers and %d addresses; 3 and 3 expected, as before.",
                    lesson.market().count("customer"),
                    lesson.market().count("address"));
        }

        /** The schema allows two customers at one address, and step 4's test data has thousands. */
        private void neighbours(Lesson lesson) {
            lesson.market().execute("UPDATE customer SET address_id = 1");
            expectStatus(200, put(lesson, 2, customer("Blake", "blake@example.com", 777)), "A customer who moves");
            var other = lesson.get("/api/customers/1").body();
            expect(
                    other.contains("101"),
                    "Customers 1 and 2 lived at one address; customer 2 moved, and customer 1 is shown as %s.",
                    other);
            lesson.market()
                    .execute(
                            "INSERT INTO customer (name, email, address_id) SELECT 'Guest', 'guest@example.com', address_id FROM customer WHERE id = 1");
            var guest = (int) lesson.market().query("SELECT max(id) FROM customer");
            expectStatus(204, delete(lesson, guest), "DELETE of a customer without orders who lives with another");
            expectStatus(200, lesson.get("/api/customers/1"), "GET of the customer whom he lived with");
        }

        /** Each has to leave the address that the one before has moved to, not the one that it saw at first. */
        private void moversAtOnce(Lesson lesson) throws Exception {
            var before = lesson.market().query(EMPTY_ADDRESSES);
            lesson.faults().lock("address");
            var moving = IntStream.range(0, MOVERS)
                    .mapToObj(
                            n -> lesson.sendAsync(changing(lesson, 2, customer("Blake", "blake@example.com", 800 + n))))
                    .toList();
            var together = await(
                    SOON,
                    () -> lesson.witness().sessionsThatWait()
                                    + moving.stream()
                                            .filter(CompletableFuture::isDone)
                                            .count()
                            >= MOVERS);
            var newOrder = lesson.postAsync(NEW_ORDER, order(2, 1));
            var ordered = await(SOON, newOrder::isDone);
            lesson.faults().off();
            var changed = 0;
            for (var change : moving) {
                var what = "A change to a customer whom others change as well";
                var answer = answer(change, LATE, what);
                expect(answer.status() != 404, "%s was answered %s; he is there.", what, answer.brief());
                expect(
                        answer.status() < 500,
                        "%s was answered %s; 200 expected, after them, or 409.",
                        what,
                        answer.brief());
                changed += answer.status() == 200 ? 1 : 0;
            }
            expect(
                    changed > 0,
                    "A customer was to be changed %d times at once; none of them was answered 200.",
                    MOVERS);
            expect(
                    together,
                    "%d changes of one customer came at once, and not all of them reached the database; all expected there at the same time, because other instances of the service change him, too.",
                    MOVERS);
            expect(
                    ordered && newOrder.join().status() == 201,
                    "A customer was being changed, and his new order, which needs nothing of what changes, %s.",
                    ordered ? "was answered " + newOrder.join().brief() : "had to wait for that");
            var left = lesson.market().query(EMPTY_ADDRESSES) - before;
            expect(
                    left == 0,
                    "A customer was to move %d times at once; %d addresses are left at which nobody lives; 0 expected.",
                    MOVERS,
                    left);
        }

        /** He leaves the address that he has just moved to, and is removed once. */
        private void whoIsRemovedWhileHeMoves(Lesson lesson) throws Exception {
            lesson.market().execute("""
                    INSERT INTO address (flat_number, post_code) VALUES (950, 10004);
                    INSERT INTO customer (name, email, address_id)
                    SELECT 'Mover', 'mover@example.com', max(id) FROM address
                    """);
            var mover = (int) lesson.market().query("SELECT max(id) FROM customer");
            var before = lesson.market().query(EMPTY_ADDRESSES);
            lesson.faults().lock("address");
            var moving = lesson.sendAsync(changing(lesson, mover, customer("Mover", "mover@example.com", 960)));
            await(SOON, () -> lesson.witness().sessionsThatWait() >= 1);
            var removals = Stream.generate(() -> lesson.sendAsync(removing(lesson, mover)))
                    .limit(2)
                    .toList();
            await(SOON, () -> lesson.witness().sessionsThatWait() >= 3);
            lesson.faults().off();
            answer(moving, LATE, "A change to a customer whom others remove meanwhile");
            var removed = 0;
            for (var removal : removals) {
                removed += answer(removal, LATE, "A customer's removal").status() == 204 ? 1 : 0;
            }
            var left = lesson.market().query(EMPTY_ADDRESSES) - before;
            expect(
                    removed == 1 && left == 0,
                    "A customer moved, and was removed twice at the same time: %d removals were answered 204, and %d addresses are left at which nobody lives; 1 and 0 expected.",
                    removed,
                    left);
        }

        /** Each sees the others at the address until they have committed. */
        private void housematesAtOnce(Lesson lesson) throws Exception {
            lesson.market().execute("""
                    INSERT INTO address (flat_number, post_code) VALUES (900, 10004);
                    INSERT INTO customer (name, email, address_id)
                    SELECT 'Mate', 'mate' || n || '@example.com', (SELECT max(id) FROM address)
                      FROM generate_series(1, %d) AS n
                    """.formatted(HOUSEMATES));
            var last = (int) lesson.market().query("SELECT max(id) FROM customer");
            var before = lesson.market().query(EMPTY_ADDRESSES);
            lesson.relay().latency(Duration.ofMillis(300)); // so that their transactions overlap
            var leaving = IntStream.range(0, HOUSEMATES)
                    .mapToObj(n -> lesson.sendAsync(
                            n % 2 == 0
                                    ? changing(
                                            lesson, last - n, customer("Mate", "moved" + n + "@example.com", 910 + n))
                                    : removing(lesson, last - n)))
                    .toList();
            for (var one : leaving) {
                var what = "A customer who leaves an address together with others";
                var answer = answer(one, LATE, what);
                expect(answer.status() < 300, "%s was answered %s; 200 or 204 expected.", what, answer.brief());
            }
            lesson.faults().off();
            var left = lesson.market().query(EMPTY_ADDRESSES) - before;
            expect(
                    left == 0,
                    "%d customers left their address at once, and %d addresses are left at which nobody lives; 0 expected.",
                    HOUSEMATES,
                    left);
        }

        /** While a customer moves, he is there all the time, and at the address that belongs to his name. */
        private void isSeenInOnePlace(Lesson lesson) throws Exception {
            lesson.relay().latency(Duration.ofMillis(5)); // so that a move fits between two questions
            for (var move = 0; move < MOVES; move++) {
                var flat = 700 + move;
                var moving = lesson.sendAsync(changing(lesson, 2, customer("Flat " + flat, "blake@example.com", flat)));
                while (!moving.isDone()) {
                    var seen = lesson.get("/api/customers/2");
                    expectStatus(200, seen, "GET of a customer who moves meanwhile");
                    var name = seen.json().path("name").asString();
                    var at = seen.json().path("address").path("flat_number").asInt();
                    expect(
                            !name.startsWith("Flat ") || name.equals("Flat " + at),
                            "A customer moved to another flat and took its number as his name; meanwhile he was shown as %s at flat %d.",
                            name,
                            at);
                }
                expectStatus(200, answer(moving, LATE, "A customer who moves"), "A customer who moves");
            }
            lesson.faults().off();
        }

        private String customer(String name, String email, int flat) {
            return "{\"name\": \"%s\", \"email\": \"%s\", \"address\": {\"flat_number\": %d, \"post_code\": 10004}}"
                    .formatted(name, email, flat);
        }

        private Reply put(Lesson lesson, int id, String json) {
            return lesson.send(changing(lesson, id, json));
        }

        private HttpRequest changing(Lesson lesson, int id, String json) {
            return lesson.market()
                    .request("/api/customers/" + id)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(json))
                    .build();
        }

        private Reply delete(Lesson lesson, int id) {
            return lesson.send(removing(lesson, id));
        }

        private HttpRequest removing(Lesson lesson, int id) {
            return lesson.market().request("/api/customers/" + id).DELETE().build();
        }
    }

    @Nested
    @StartedWith({Exercise3.HEAP, "-Xmn16m", "-XX:+ExitOnOutOfMemoryError"})
    class Exercise3 {
        static final String HEAP = "-Xmx64m";
        private static final int ROWS = 40_000;
        private static final int HANG_UPS = 20;
        private static final Duration A_WHILE = Duration.ofMillis(500);
        /** Of 64 MB; more than driver, queue and the buffers of four sockets take, which the kernel may enlarge to 20 MB. */
        private static final int AT_MOST_AHEAD = 30_000_000;

        private static final int PORTIONS = 4_000_000;

        private static final String BETWEEN = "/api/orders_between_dates?after=%s&before=%s";
        private static final String ALL_ORDERS = BETWEEN.formatted("2024-01-01", "2026-01-01");

        /** Few rows, but long ones: what holds all of them needs more than the heap. */
        private static final String LONG_NAMES = """
                INSERT INTO customer (name, email, address_id)
                SELECT repeat(md5(n::text), 50), 'long' || n || '@example.com', 1 + n %% 3
                  FROM generate_series(1, %1$d) AS n;
                UPDATE item SET description = repeat(md5(id::text), 50);
                SET session_replication_role = replica;
                INSERT INTO orders (customer_id, order_time)
                SELECT 1 + n %% 3, timestamp '2024-01-01' + n * interval '1 minute' FROM generate_series(1, %1$d) AS n;
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT 3 + n, 1 + n %% 4, 1 + n %% 9 FROM generate_series(1, %1$d) AS n;
                ANALYZE customer, orders, order_items;
                """;

        @Test
        void longListsAreStreamedInOneStatement(Lesson lesson) throws Exception {
            ordersWithTheirLines(lesson);
            lesson.market().db().reset();
            var rows = ROWS + lesson.random().nextInt(1000);
            lesson.market().execute(LONG_NAMES.formatted(rows));
            passes(lesson, CUSTOMERS, "customer", "id");
            passes(lesson, ALL_ORDERS, "orders", "order_time, id");
            whoHangsUp(lesson);
        }

        private void ordersWithTheirLines(Lesson lesson) throws Exception {
            lesson.market().db().generate(30, 900, lesson.random().nextInt(1_000_000));
            // Orders of the same moment and of the same customer: lines belong to an order, not to a time or a name.
            lesson.market().execute("""
                    UPDATE orders SET order_time = date_trunc('week', order_time), customer_id = 1 + id % 2 WHERE id % 3 > 0;
                    ANALYZE orders
                    """);
            var after = LocalDate.of(2024, 1, 1).plusDays(lesson.random().nextInt(300));
            var before = after.plusDays(240);
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(lesson.get(BETWEEN.formatted(after, before))));
            var answer = replies.getFirst();
            expectStatus(200, answer, "Orders between two dates");
            var stored = stored(
                    lesson,
                    "orders.order_time, orders.id",
                    "orders.order_time BETWEEN '%s' AND '%s'".formatted(after, before));
            var statements = questionsAboutOrders(seen);
            expect(
                    statements <= 3,
                    "%d orders with their lines took %d statements; at most 3 expected.",
                    stored.size(),
                    statements);
            expectAsStored("Orders between two dates", answer.json(), stored);
        }

        private void passes(Lesson lesson, String path, String table, String by) throws Exception {
            var rows = lesson.market().count(table);
            var request =
                    "GET %s with %,d rows of 1.6 kB through %s".formatted(path.replaceFirst("\\?.*", ""), rows, HEAP);
            var ids = lesson.market()
                    .text("SELECT string_agg(id::text, ',' ORDER BY %s) FROM %s".formatted(by, table))
                    .split(",");
            var lines = table.equals("orders") ? lesson.market().count("order_items") : 0;
            var key = table.equals("orders") ? "order_id" : "id";
            var count = 0;
            var before = lesson.relay().answerBytes();
            try (var body = lesson.open(path);
                    var array = JsonMapper.shared().createParser(body)) {
                array.nextToken();
                var ahead = calm(lesson.relay()) - before;
                expect(
                        ahead <= AT_MOST_AHEAD,
                        "%s: a client had read the first bytes and no more, and the database had delivered more than %d MB; it has to wait for the client.",
                        request,
                        AT_MOST_AHEAD / 1_000_000);
                // A portion may be larger than the sockets; several at once are none.
                expect(
                        ahead <= PORTIONS || lesson.witness().sessionsThatSend() == 0,
                        "%s: a client had read the first bytes and no more, and the database sent on until the sockets were full; it has to wait until it is asked for more.",
                        request);
                lesson.market().removeTheLast();
                while (array.nextToken() == JsonToken.START_OBJECT) {
                    var one = array.<JsonNode>readValueAsTree();
                    var id = one.path(key).intValue();
                    lines -= one.path("items").size();
                    expect(
                            count < ids.length && ids[count].equals("" + id),
                            "%s: number %,d has the id %d; another expected, by %s.",
                            request,
                            count + 1,
                            id,
                            by);
                    count++;
                }
            } catch (IOException | JacksonIOException e) {
                // Its end takes a moment longer than its answer's.
                var ended = await(SOON, () -> !lesson.market().stage().isAlive());
                throw new AssertionError(
                        ended
                                ? "%s: the service ran out of memory.".formatted(request)
                                : "%s: the answer broke off.".formatted(request),
                        e);
            }
            expect(
                    count == rows,
                    "%s: %,d rows arrived, of the %,d that there were when it began; 10 have been removed since. A list of one moment expected.",
                    request,
                    count,
                    rows);
            expect(
                    lines == 0,
                    "%s: %,d lines of orders are missing, of those that there were when it began; some have been removed since. A list of one moment expected.",
                    request,
                    lines);
        }

        /** @return how much the database had delivered when it had delivered nothing for a while */
        private static long calm(Relay relay) {
            var last = new long[] {-1, 0};
            await(LATE, () -> {
                var now = relay.answerBytes();
                if (now != last[0]) {
                    last[0] = now;
                    last[1] = System.nanoTime();
                }
                return System.nanoTime() - last[1] >= A_WHILE.toNanos();
            });
            return last[0];
        }

        private void whoHangsUp(Lesson lesson) throws Exception {
            for (var round = 0; round < HANG_UPS / 5; round++) {
                var path = round % 2 == 0 ? CUSTOMERS : ALL_ORDERS;
                var uri = URI.create(lesson.market().stage().baseUri() + path);
                var readers = new ArrayList<SlowReader>();
                for (var i = 0; i < 5; i++) {
                    readers.add(SlowReader.start(uri, 2_000_000));
                }
                var served = await(LATE, () -> readers.stream().allMatch(reader -> reader.bytes() > 10_000));
                for (var reader : readers) {
                    reader.close();
                }
                expect(
                        served,
                        "5 clients asked for %s%s, and not all of them were sent anything.",
                        path.replaceFirst("\\?.*", ""),
                        round == 0 ? "" : " after others had hung up");
                var left = lesson.witness().awaitSessionsAtWork(sessions -> sessions == 0, SOON);
                expect(
                        left == 0,
                        "5 clients hung up in the midst of %s, and seconds later the server still worked on %d statements; 0 expected.",
                        path.replaceFirst("\\?.*", ""),
                        left);
            }
        }
    }

    @Nested
    @StartedWith("POOL_TIMEOUT_MS=10000") // a pool may open its connections when they are asked for
    class Exercise4 {
        private static final int UNKNOWN = 70_000;
        private static final int OTHERS = 10;

        /** The service waits for the courier for five seconds: who is served after that was waiting for him. */
        private static final Duration AT_ONCE = Duration.ofSeconds(2);

        private static final Duration A_MOMENT = Duration.ofSeconds(1);

        @Test
        void anOrderIsOneTransaction(Lesson lesson) throws Exception {
            lesson.market()
                    .execute("INSERT INTO item (name, price) SELECT 'Item ' || n, n FROM generate_series(5, 60) AS n");
            aGoodOrder(lesson);
            for (var attempt = 0; attempt < 3; attempt++) {
                aBadOrder(lesson, 1 + attempt);
            }
            twoAtOnce(lesson);
            theCourierKeepsNobodyWaiting(lesson);
        }

        private void aGoodOrder(Lesson lesson) throws Exception {
            var items =
                    IntStream.rangeClosed(1, 20 + lesson.random().nextInt(40)).toArray();
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> {
                replies.add(lesson.post(NEW_ORDER, order(2, items)));
                expectStatus(201, replies.getFirst(), "An order of %d items", items.length);
                await(SOON, () -> linesOfNewOrders(lesson) == items.length);
                expect(
                        linesOfNewOrders(lesson) == items.length,
                        "An order of %d items was answered 201, and %d of them were stored.",
                        items.length,
                        linesOfNewOrders(lesson));
            });
            expectOneTransaction("An order with its items", seen);
        }

        private static long linesOfNewOrders(Lesson lesson) {
            return lesson.market().query("SELECT count(*) FROM order_items WHERE order_id > 3");
        }

        private void aBadOrder(Lesson lesson, int customer) throws Exception {
            var orders = lesson.market().count("orders");
            var lines = lesson.market().count("order_items");
            var unknown = UNKNOWN + lesson.random().nextInt(1000);
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> {
                var items = customer == 1 ? new int[] {unknown, 1, 2} : new int[] {1, 2, unknown};
                replies.add(lesson.post(NEW_ORDER, order(customer, items)));
                // What escapes its transaction comes late.
                await(SOON, () -> lesson.witness().sessionsAtWork() == 0);
            });
            expectStatus(422, replies.getFirst(), "An order of an item that is not there");
            expect(
                    lesson.market().count("orders") == orders && lesson.market().count("order_items") == lines,
                    "An order that failed left %d orders and %d lines behind; none expected.",
                    lesson.market().count("orders") - orders,
                    lesson.market().count("order_items") - lines);
            expect(
                    seen.statements().stream()
                            .noneMatch(statement -> statement.sql().contains("DELETE")),
                    "An order that failed was deleted again: others have seen it meanwhile. A transaction expected.");
        }

        /** What waits in the midst of it keeps nobody else from a whole order. */
        private void twoAtOnce(Lesson lesson) throws Exception {
            var before = lesson.market().count("orders");
            lesson.courier().reset();
            lesson.faults().lock("order_items");
            var asked = lesson.postAsync(NEW_ORDER, order(1, 1, 2));
            await(SOON, () -> lesson.witness().sessionsThatWait() > 0);
            var seen = lesson.market().count("orders");
            var told = await(A_MOMENT, () -> !lesson.courier().orders().isEmpty());
            lesson.faults().off();
            expectStatus(201, answer(asked, LATE, "An order"), "An order");
            expect(!told, "The courier was told of an order whose items were not stored yet, nor committed.");
            expect(
                    seen == before,
                    "While the items of an order were being stored, others saw %d orders without items; 0 expected.",
                    seen - before);
        }

        /** He takes his time: neither a connection nor the thread that serves it is his to keep. */
        private void theCourierKeepsNobodyWaiting(Lesson lesson) throws Exception {
            var patience = new CountDownLatch(1);
            lesson.courier().reset();
            lesson.courier().waitsFor(patience, LATE);
            try {
                var posted = lesson.postAsync(NEW_ORDER, order(2, 1, 2));
                expect(
                        await(SOON, () -> !lesson.courier().orders().isEmpty()),
                        "An order was stored, and the courier was not told of it.");
                var open = lesson.witness().awaitSessionsAtWork(sessions -> sessions == 0, Duration.ofSeconds(1));
                expect(open == 0, "While the courier was told of an order, %d transaction was open; 0 expected.", open);
                othersAreServed(lesson);
                patience.countDown();
                expectStatus(201, answer(posted, LATE, "An order"), "An order");
            } finally {
                patience.countDown();
            }
        }

        /** All connections are put to work, so that each thread that serves some has a part in it. */
        private void othersAreServed(Lesson lesson) {
            lesson.faults().lock("item");
            var asked = IntStream.range(0, OTHERS)
                    .mapToObj(n -> lesson.getAsync("/api/order_total?order_id=1"))
                    .toList();
            var busy = lesson.witness().awaitSessionsAtWork(sessions -> sessions >= OTHERS, AT_ONCE);
            lesson.faults().off();
            await(AT_ONCE, () -> asked.stream().allMatch(CompletableFuture::isDone));
            var served = asked.stream()
                    .filter(one -> one.isDone()
                            && !one.isCompletedExceptionally()
                            && one.join().status() == 200)
                    .count();
            expect(
                    served == OTHERS,
                    "While the courier took his time with an order, %d of %d requests for a total were answered 200; all expected.",
                    served,
                    OTHERS);
            expect(
                    busy == OTHERS,
                    "While the courier took his time with an order, %d of %d requests for a total had a connection at the same time; all expected: none is kept for him.",
                    busy,
                    OTHERS);
        }
    }

    @Nested
    @StartedWith("DEADLINE_MS=30000")
    class Exercise5 {
        private static final int GROUP = 20;
        private static final int MANY = 200;
        private static final int POOL_SIZE = 10;
        private static final int AT_MOST = POOL_SIZE - 1;
        private static final int DEADLINE_MS = 1500;
        private static final int SHORT_DEADLINE_MS = 100;
        private static final int LATER_MS = 300;
        private static final int STORM = 100;
        private static final String TOTALS = "/api/orders_total?orders="
                + IntStream.range(0, GROUP).mapToObj(n -> "" + (1 + n % 3)).collect(Collectors.joining(","));

        @Test
        void totalsAreAGroup(Lesson lesson) throws Exception {
            lesson.get(TOTALS);
            severalAtOnce(lesson);
            inTheOrderAsked(lesson);
            for (var round = 0; round < 3; round++) {
                oneFails(lesson, round < 2 ? Duration.ZERO : Lesson.SILENCE);
            }
            whatFailsGivesItsConnectionBack(lesson);
            whatHasEndedIsNotCancelled(lesson);
            theDeadlinePasses(lesson);
            nobodyElseIsCancelled(lesson);
            whatIsUnderWayEnds(lesson);
            aConnectionWithoutAnAnswerIsReplaced(lesson);
            manyDeadlinesPass(lesson);
        }

        private void severalAtOnce(Lesson lesson) throws Exception {
            var ids = IntStream.range(0, MANY).mapToObj(n -> "" + (1 + n % 3)).collect(Collectors.joining(","));
            lesson.faults().lock("item");
            var asked = lesson.getAsync("/api/orders_total?orders=" + ids);
            var busy = lesson.witness().mostBusySessions(SOON);
            var another = lesson.getAsync("/api/orders_total?orders=1,2,3,1,2,3");
            var busier = await(SOON, () -> lesson.witness().busySessions() > busy);
            lesson.faults().off();
            answer(another, LATE, "A request for 6 totals");
            var answer = answer(asked, LATE, "A request for %d totals".formatted(MANY));
            expect(
                    busy >= 2 && busy <= AT_MOST,
                    "A request for %d totals had %d statements at work at the same time; 2 to %d expected, fewer than a pool of 10 has.",
                    MANY,
                    busy,
                    AT_MOST);
            expect(
                    busier,
                    "While a request for %d totals was at work with %d statements, another one had none at work; 1 or more expected, because each is bounded by itself.",
                    MANY,
                    busy);
            expectStatus(200, answer, "A request for %d totals", MANY);
        }

        /** The first one takes longest. */
        private void inTheOrderAsked(Lesson lesson) {
            lesson.market().execute("""
                    INSERT INTO item (name, price) SELECT 'Item ' || n, n FROM generate_series(1, 30000) AS n;
                    INSERT INTO order_items (order_id, item_id, quantity)
                    SELECT 1 + id % 2, id, 1 FROM item WHERE name LIKE 'Item %';
                    ANALYZE
                    """);
            var ids = List.of(1, 3, 2, 3, 3, 1, 3, 2);
            var answer = lesson.get("/api/orders_total?orders="
                    + ids.stream().map(Object::toString).collect(Collectors.joining(",")));
            expectStatus(200, answer, "A request for %d totals", ids.size());
            for (var i = 0; i < ids.size(); i++) {
                var stored = lesson.market().text("""
                        SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                          FROM order_items
                          JOIN item ON item.id = order_items.item_id
                         WHERE order_items.order_id = %d
                        """.formatted(ids.get(i)));
                var total = answer.json().path(i);
                expect(
                        total.path("order_id").intValue() == ids.get(i)
                                && total.path("total_cost")
                                        .decimalValue(BigDecimal.ZERO)
                                        .toPlainString()
                                        .equals(stored),
                        "Of %d totals number %d is %s; order %d with %s expected, in the sequence of the request.",
                        ids.size(),
                        i + 1,
                        total,
                        ids.get(i),
                        stored);
            }
            // Often enough for each of them to be the first that is found missing.
            for (var round = 0; round < 20; round++) {
                var unknown = lesson.get("/api/orders_total?orders=1,904,2,901,903,902");
                expect(
                        unknown.status() == 404 && unknown.body().contains("904"),
                        "Totals of six orders, of which 904, 901, 903 and 902 do not exist, were answered %d%s; 404 that names 904, the first one asked, expected.",
                        unknown.status(),
                        unknown.status() == 404 ? " with the name of another" : "");
            }
        }

        /** @param age of the queries: a limit of their own would end them soon, too */
        private void oneFails(Lesson lesson, Duration age) throws Exception {
            lesson.faults().lock("item");
            var asked = lesson.getAsync(TOTALS);
            // A failure while tasks are still being started is flatMapSequential's own flaw, not the learner's.
            lesson.witness().mostBusySessions(SOON);
            var since = System.nanoTime();
            await(LATE, () -> asked.isDone() || System.nanoTime() - since > age.toNanos());
            expect(
                    !asked.isDone(),
                    "A request for %d totals, whose table was locked, was answered before any of them had failed, and before its deadline; it has to wait for the lock.",
                    GROUP);
            lesson.faults().killOneAtWork("item");
            var what = "A request for %d totals, one of which had lost its connection,".formatted(GROUP);
            expectStatus(503, answer(asked, SOON, what), what);
            lesson.expectSilence("Of %d totals one failed".formatted(GROUP));
            lesson.faults().off();
        }

        private void whatFailsGivesItsConnectionBack(Lesson lesson) {
            lesson.market().execute("ALTER TABLE item RENAME price TO gone");
            for (var failure = 0; failure < POOL_SIZE + 2; failure++) {
                lesson.get("/api/order_total?order_id=1");
            }
            lesson.market().execute("ALTER TABLE item RENAME gone TO price");
            expectStatus(
                    200,
                    lesson.get("/api/order_total?order_id=1"),
                    "%d requests for a total failed, and another one, with a pool of %d,",
                    POOL_SIZE + 2,
                    POOL_SIZE);
        }

        private void whatHasEndedIsNotCancelled(Lesson lesson) throws Exception {
            await(SOON, () -> lesson.witness().openSessions() >= POOL_SIZE);
            var before = lesson.relay().connects();
            var seen = lesson.during(() -> lesson.get(TOTALS));
            var more = lesson.relay().connects() - before - seen.sessionsOpened();
            expect(
                    more < GROUP / 2,
                    "%d totals were answered, and %d connections more were made than sessions: requests to cancel what had ended; 0 expected.",
                    GROUP,
                    more);
        }

        private void theDeadlinePasses(Lesson lesson) throws Exception {
            // Patience enough that the deadline passes first, also of who has to open a connection.
            lesson.restart(settings -> settings.and("DEADLINE_MS", DEADLINE_MS).and("POOL_TIMEOUT_MS", 10_000));
            await(LATE, () -> lesson.get("/api/orders_total?orders=3,3,3,3,3").status() == 200);
            lesson.faults().lock("item");
            expectTooLate(lesson, "whose table was locked");
            lesson.expectSilence("The deadline of %d totals passed".formatted(GROUP));
            lesson.faults().off();
            // Each of them in time, and all together not.
            lesson.market().db().generate(1, GROUP, lesson.random().nextInt(1_000_000));
            var different = lesson.market().text("SELECT string_agg(id::text, ',') FROM orders WHERE id > 3");
            lesson.relay().latency(Duration.ofMillis(DEADLINE_MS * 2 / 5));
            expectTooLate(lesson, "/api/orders_total?orders=" + different, "each of which was quick");
            lesson.faults().off();
            expectStatus(
                    200,
                    answer(lesson.getAsync("/api/orders_total?orders=3,3"), LATE, "Afterwards a request for totals"),
                    "Afterwards a request for totals");
        }

        /** Who waits for a connection is handed one of theirs, and asks something while they are being cancelled. */
        private void nobodyElseIsCancelled(Lesson lesson) throws Exception {
            await(LATE, () -> lesson.get(TOTALS).status() == 200);
            lesson.faults().lock("item");
            var asked = lesson.getAsync(TOTALS);
            await(SOON, () -> lesson.witness().busySessions() > 1);
            lesson.faults().lock("customer");
            var others = IntStream.range(0, POOL_SIZE)
                    .mapToObj(n -> lesson.getAsync("/api/customers?limit=1"))
                    .toList();
            var what = "A request for %d totals, whose table was locked,".formatted(GROUP);
            expectStatus(504, answer(asked, SOON, what), what);
            await(Duration.ofMillis(LATER_MS), () -> false); // what is still to be cancelled may take a moment
            lesson.faults().off();
            for (var other : others) {
                var answer = answer(other, LATE, "A request for a customer");
                expect(
                        answer.status() != 503,
                        "The deadline of %d totals passed, and somebody else's request was answered %s; 200 expected. What is cancelled gives its connection back.",
                        GROUP,
                        answer.brief());
                expect(
                        answer.status() == 200,
                        "The deadline of %d totals passed, and somebody else's request, sent meanwhile, was answered %s; 200 expected. A request to cancel must not arrive after its query has ended.",
                        GROUP,
                        answer.brief());
            }
        }

        /** The deadline passes while the queries are on their way: a request to cancel that comes first is forgotten. */
        private void whatIsUnderWayEnds(Lesson lesson) throws Exception {
            lesson.faults().lock("item");
            lesson.relay().questionLatency(Duration.ofMillis(DEADLINE_MS + LATER_MS));
            expectTooLate(lesson, "which were long on their way");
            await(Duration.ofMillis(2 * LATER_MS), () -> false); // until they have arrived
            lesson.expectSilence("The deadline of %d totals passed while they were on their way".formatted(GROUP));
            lesson.faults().off();
        }

        /** Those of the group, which hears nothing from the server any more. */
        private void aConnectionWithoutAnAnswerIsReplaced(Lesson lesson) throws Exception {
            await(LATE, () -> lesson.get(TOTALS).status() == 200);
            lesson.faults().lock("item"); // which those who have no pool wait for
            lesson.relay().questionLatency(LATE.multipliedBy(5));
            expectTooLate(lesson, "from whose server nothing came back");
            lesson.faults().lock("customer");
            var others = new ArrayList<CompletableFuture<Reply>>();
            var end = System.nanoTime() + LATE.toNanos();
            var replaced = false;
            // The first ones get the connections that were idle, of which nothing comes back either.
            while (!replaced && System.nanoTime() < end) {
                others.add(lesson.getAsync("/api/customers?limit=1"));
                replaced = await(Duration.ofMillis(250), () -> lesson.witness().busySessions() > 0);
            }
            lesson.faults().off();
            for (var other : others) {
                answer(other, LATE, "A request for a customer");
            }
            expect(
                    replaced,
                    "The deadline of %d totals passed and their server answered nothing more; %d s later their connections had not been replaced.",
                    GROUP,
                    LATE.toSeconds());
        }

        /** Some are too late before their statement has reached the server, and some while they wait for a connection. */
        private void manyDeadlinesPass(Lesson lesson) throws Exception {
            lesson.restart(settings -> settings.and("DEADLINE_MS", SHORT_DEADLINE_MS));
            await(LATE, () -> lesson.get("/api/order_total?order_id=3").status() == 200);
            lesson.faults().lock("item");
            for (var round = 0; round < 3; round++) {
                var asked = IntStream.range(0, STORM)
                        .mapToObj(n -> lesson.getAsync("/api/order_total?order_id=1"))
                        .toList();
                var what = "One of %d totals at once, whose table was locked, with DEADLINE_MS=%d"
                        .formatted(STORM, SHORT_DEADLINE_MS);
                for (var one : asked) {
                    expectStatus(504, answer(one, LATE, what), what);
                }
            }
            lesson.witness().awaitSessionsAtWork(sessions -> sessions == 0, LATE);
            lesson.expectSilence("The deadlines of %d totals passed".formatted(3 * STORM));
            lesson.faults().off();
            expect(
                    await(LATE, () -> lesson.get("/api/order_total?order_id=3").status() == 200),
                    "After the deadlines of %d totals had passed, a request for one was not answered 200.",
                    3 * STORM);
        }

        private void expectTooLate(Lesson lesson, String which) throws Exception {
            expectTooLate(lesson, TOTALS, which);
        }

        private void expectTooLate(Lesson lesson, String path, String which) throws Exception {
            var what = "A request for %d totals, %s, with DEADLINE_MS=%d".formatted(GROUP, which, DEADLINE_MS);
            expectStatus(504, answer(lesson.getAsync(path), SOON, what), what);
        }
    }

    @Nested
    class Exercise6 {
        private static final int FEW = 5;
        /** More than any operator asks for ahead. */
        private static final int MANY = 1000;

        @Test
        void nobodyWaitsForHimself(Lesson lesson) throws Exception {
            lesson.market().execute("""
                    INSERT INTO orders (customer_id, order_time)
                    SELECT CASE WHEN n > %d THEN 2 ELSE 1 END, timestamp '2024-01-01' + n * interval '1 hour'
                      FROM generate_series(1, %d) AS n;
                    INSERT INTO order_items (order_id, item_id, quantity)
                    SELECT orders.id, 1 + (orders.id + n) %% 4, 1 + orders.id %% 9
                      FROM orders
                     CROSS JOIN generate_series(1, 2) AS n
                     WHERE orders.id > 3;
                    INSERT INTO customer (name, email, address_id) VALUES ('Erin', 'erin@example.com', 1)
                    """.formatted(FEW, FEW + MANY));
            lesson.restart(settings -> settings.and("POOL_SIZE", 1).and("POOL_TIMEOUT_MS", 3000));
            ordersOf(lesson, 1, FEW + 1);
            ordersOf(lesson, 2, MANY + 1);
            ordersOf(lesson, (int) lesson.market().query("SELECT max(id) FROM customer"), 0);
            othersToo(lesson);
            var open = lesson.witness().awaitOpenSessions(sessions -> sessions <= 1, SOON);
            expect(open <= 1, "With POOL_SIZE=1, %d connections are open; 1 expected.", open);
            noQuestionForEachOrder(lesson);
        }

        private void noQuestionForEachOrder(Lesson lesson) throws Exception {
            var seen = lesson.during(() -> lesson.get("/api/orders?cust_id=1"));
            var statements = questionsAboutOrders(seen);
            expect(
                    statements <= 3,
                    "The orders of a customer who has %d took %d statements; at most 3 expected, however many they are.",
                    FEW + 2, // and the new one
                    statements);
        }

        private void ordersOf(Lesson lesson, int customer, int orders) throws Exception {
            var what = "With POOL_SIZE=1, a request for the orders of a customer who has %d".formatted(orders);
            var seen = lesson.during(() -> {
                var answer = answer(lesson.getAsync("/api/orders?cust_id=" + customer), LATE, what);
                expectStatus(200, answer, what);
                var stored = stored(lesson, "orders.id", "customer.id = " + customer);
                expectAsStored("The orders of a customer who has " + orders, answer.json(), stored);
            });
            expect(seen.sessionsOpened() <= 1, "%s opened %d connections; 1 expected.", what, seen.sessionsOpened());
        }

        private void othersToo(Lesson lesson) throws Exception {
            for (var path : List.of(
                    "/api/customers",
                    "/api/orders?cust_id=3",
                    "/api/orders_total?orders=1,2,3",
                    "/api/orders_between_dates?after=2024-01-01&before=2026-01-01")) {
                var what = "With POOL_SIZE=1, GET " + path;
                expectStatus(200, answer(lesson.getAsync(path), LATE, what), what);
            }
            var what = "With POOL_SIZE=1, a new order";
            expectStatus(201, answer(lesson.postAsync(NEW_ORDER, order(1, 1, 2)), LATE, what), what);
            var unknown = "With POOL_SIZE=1, a request for the orders of nobody";
            expectStatus(404, answer(lesson.getAsync("/api/orders?cust_id=999"), LATE, unknown), unknown);
        }
    }
}
