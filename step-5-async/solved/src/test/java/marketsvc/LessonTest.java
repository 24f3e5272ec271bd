package marketsvc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static workshop.lesson.Lesson.answer;
import static workshop.lesson.Lesson.expect;
import static workshop.witness.Witness.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import workshop.contract.Reply;
import workshop.faults.SlowReader;
import workshop.lesson.Difference;
import workshop.lesson.Lesson;
import workshop.stage.StageExtension;
import workshop.stage.StartedWith;
import workshop.witness.Observation;

/** What PostgreSQL has to see of step 5, a class for each exercise. */
@Tag("lesson")
@ExtendWith(StageExtension.class)
// On every machine as on a small one: so many carriers of virtual threads, and threads of the common pool.
@StartedWith({"POOL_TIMEOUT_MS=2000", "-XX:ActiveProcessorCount=3"})
class LessonTest {
    private static final int POOL_SIZE = 10;
    private static final int GROUP = 20;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration PROMPT = Duration.ofSeconds(8);
    private static final Duration LATE = Duration.ofSeconds(20);

    private static final String GROUP_OF_TOTALS = "/api/orders_total?orders="
            + IntStream.range(0, GROUP).mapToObj(n -> "" + (1 + n % 3)).collect(Collectors.joining(","));

    /** Few rows, but long ones, of 1.6 kB. */
    private static final String LONG_NAMES = """
            INSERT INTO customer (name, email, address_id)
            SELECT repeat(md5(n::text), 50), 'long' || n || '@example.com', 1 + n %% 3
              FROM generate_series(1, %1$d) AS n;
            ANALYZE customer;
            """;

    private static List<CompletableFuture<Reply>> manyAtOnce(
            int requests, IntFunction<CompletableFuture<Reply>> request) {
        return IntStream.range(0, requests).mapToObj(request).toList();
    }

    @Nested
    @StartedWith("POOL_TIMEOUT_MS=" + Exercise1.PATIENCE_MS)
    class Exercise1 {
        private static final int REQUESTS = 400;
        /** As many as the operating system queues for a server that accepts them one by one. */
        private static final int WAVE = 40;

        private static final int THREADS = 150;
        private static final int PATIENCE_MS = 60_000;
        private static final Pattern WAITING = Pattern.compile("(?m)^hikaricp_connections_pending\\{.*} (\\d+)");

        @Test
        void whoWaitsKeepsNoThread(Lesson lesson) throws Exception {
            lesson.faults().lock("customer");
            var asked = new ArrayList<CompletableFuture<Reply>>();
            var waiting = 0;
            var end = System.nanoTime() + LATE.toNanos();
            while (waiting < REQUESTS - POOL_SIZE) {
                if (waiting >= asked.size() - POOL_SIZE) {
                    asked.addAll(manyAtOnce(
                            WAVE, i -> lesson.getAsync(i % 2 == 0 ? "/api/customers" : "/api/orders?cust_id=1")));
                }
                waiting = waiting(lesson, waiting);
                expect(
                        System.nanoTime() < end,
                        "%d s after %d requests at once, %d wait for a connection; all but the %d that have one expected.",
                        LATE.toSeconds(),
                        asked.size(),
                        waiting,
                        POOL_SIZE);
                var early = asked.stream().filter(CompletableFuture::isDone).findFirst();
                expect(
                        early.isEmpty(),
                        "One of %d requests at once was answered %s while the table was locked; with POOL_TIMEOUT_MS=%d it has to wait.",
                        asked.size(),
                        early.isEmpty()
                                ? ""
                                : answer(early.get(), PROMPT, "A request").brief(),
                        PATIENCE_MS);
            }
            var threads = lesson.market().stage().platformThreads();
            lesson.faults().off();
            expect(
                    threads <= THREADS,
                    "%d requests waited on %d threads of the operating system; at most %d expected.",
                    REQUESTS,
                    threads,
                    THREADS);
            for (var one : asked) {
                var answer = answer(one, LATE, "A request");
                expect(
                        answer.status() == 200,
                        "When the table was free again, one of %d requests was answered %s; 200 expected.",
                        REQUESTS,
                        answer.brief());
            }
        }

        /** Asks for what needs no connection. */
        private static int waiting(Lesson lesson, int before) throws Exception {
            var what = "While at least %d requests waited for a connection, GET /metrics, which needs none,"
                    .formatted(before);
            var metrics = answer(lesson.getAsync("/metrics"), PROMPT, what).body();
            var found = WAITING.matcher(metrics);
            expect(found.find(), "GET /metrics does not show hikaricp_connections_pending.");
            return Integer.parseInt(found.group(1));
        }
    }

    @Nested
    @StartedWith("DEADLINE_MS=30000")
    class Exercise2 {
        private static final int MANY = 200;
        private static final Duration A_ROUND_TRIP = Duration.ofMillis(50);
        private static final int THREADS_LEFT = 30;
        private static final int ROUNDS = 50;

        @Test
        void totalsAreAskedForTogether(Lesson lesson) throws Exception {
            awaitPool(lesson);
            lesson.get(GROUP_OF_TOTALS);
            severalAtOnce(lesson);
            othersGetTheirTurn(lesson);
            nobodyWaitsForHimself(lesson);
            aFailureIsAnsweredAsBefore(lesson);
            inTheOrderAsked(lesson);
        }

        private void severalAtOnce(Lesson lesson) throws Exception {
            lesson.faults().lock("item");
            var asked = lesson.getAsync(GROUP_OF_TOTALS);
            var busy = lesson.witness().mostBusySessions(SOON);
            lesson.faults().off();
            var answer = answer(asked, LATE, "A request for %d totals".formatted(GROUP));
            expect(
                    busy > 1,
                    "A request for %d totals never had more than %d of its statements at work at the same time; 2 or more expected.",
                    GROUP,
                    busy);
            expect(
                    answer.status() == 200,
                    "A request for %d totals was answered %s; 200 expected.",
                    GROUP,
                    answer.brief());
        }

        private void othersGetTheirTurn(Lesson lesson) throws Exception {
            var ids = IntStream.range(0, MANY).mapToObj(n -> "" + (1 + n % 3)).collect(Collectors.joining(","));
            lesson.faults().lock("item");
            var asked = lesson.getAsync("/api/orders_total?orders=" + ids);
            // First all that it takes, which may be the whole pool; then whether somebody else gets a connection.
            var busy = lesson.witness().mostBusySessions(SOON);
            var other = lesson.get("/api/customers?limit=1");
            var least = Math.min(2, POOL_SIZE - busy);
            var another = lesson.getAsync(GROUP_OF_TOTALS);
            await(SOON, () -> lesson.witness().busySessions() >= busy + least);
            var more = lesson.witness().mostBusySessions(SOON) - busy;
            lesson.faults().off();
            answer(another, LATE, "A request for %d totals".formatted(GROUP));
            var answer = answer(asked, LATE, "A request for %d totals".formatted(MANY));
            expect(
                    answer.status() == 200,
                    "A request for %d totals was answered %s; 200 expected.",
                    MANY,
                    answer.brief());
            expect(
                    other.status() == 200,
                    "While a request for %d totals was at work, a request for a customer was answered %s; 200 expected.",
                    MANY,
                    other.brief());
            expect(
                    more >= least,
                    "While a request for %d totals was at work with %d statements, another one for %d had %d at work; %d or more expected, because each is bounded by itself.",
                    MANY,
                    busy,
                    GROUP,
                    more,
                    least);
        }

        /** Whoever keeps a connection for the group, and borrows others for its tasks, waits for those who do the same. */
        private void nobodyWaitsForHimself(Lesson lesson) throws Exception {
            lesson.relay().latency(A_ROUND_TRIP);
            var groups = manyAtOnce(POOL_SIZE + 2, i -> lesson.getAsync(GROUP_OF_TOTALS));
            for (var group : groups) {
                var answer = answer(group, LATE, "A request for %d totals".formatted(GROUP));
                expect(
                        answer.status() == 200,
                        "Of %d requests for %d totals at once, one was answered %s; 200 expected.",
                        groups.size(),
                        GROUP,
                        answer.brief());
            }
            lesson.faults().off();
        }

        private void aFailureIsAnsweredAsBefore(Lesson lesson) throws Exception {
            lesson.faults().lock("item");
            var asked = lesson.getAsync(GROUP_OF_TOTALS);
            await(SOON, () -> lesson.witness().busySessions() > 1);
            var killed = await(SOON, () -> lesson.faults().killOneAtWork("item"));
            lesson.faults().off();
            var what = "A request for %d totals, one of which had lost its connection,".formatted(GROUP);
            expect(killed, "%s had no statement at work about its items.", what);
            var answer = answer(asked, LATE, what);
            expect(answer.status() == 503, "%s was answered %s; 503 expected, as before.", what, answer.brief());
            lesson.market().execute("ALTER TABLE item RENAME price TO gone");
            var bug = lesson.get(GROUP_OF_TOTALS);
            lesson.market().execute("ALTER TABLE item RENAME gone TO price");
            expect(
                    bug.status() == 500,
                    "A request for %d totals of a table without the column was answered %s; 500 expected, as before.",
                    GROUP,
                    bug.brief());
            lesson.expectNothingBorrowed("Totals failed");
        }

        /** The first ones take longest. */
        private void inTheOrderAsked(Lesson lesson) throws Exception {
            lesson.market().db().generate(10, 60, lesson.random().nextInt(1_000_000));
            lesson.market().execute("""
                    INSERT INTO item (name, price) SELECT 'Item ' || n, n FROM generate_series(1, 30000) AS n;
                    INSERT INTO order_items (order_id, item_id, quantity)
                    SELECT 1 + id % 3, id, 1 FROM item WHERE name LIKE 'Item %';
                    ANALYZE
                    """);
            var ids = new ArrayList<>(IntStream.rangeClosed(1, 60).boxed().toList());
            ids.addAll(List.of(2, 60, 2));
            var path = "/api/orders_total?orders="
                    + ids.stream().map(Object::toString).collect(Collectors.joining(","));
            var answer = lesson.get(path);
            expect(
                    answer.status() == 200,
                    "A request for %d totals was answered %s; 200 expected.",
                    ids.size(),
                    answer.brief());
            var served = new ArrayList<String>();
            for (var total : answer.json()) {
                served.add(total.path("order_id").intValue() + "="
                        + total.path("total_cost").decimalValue(BigDecimal.ZERO).toPlainString());
            }
            var stored = ids.stream()
                    .map(id -> id + "=" + lesson.market().text("""
                            SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                              FROM order_items
                              JOIN item ON item.id = order_items.item_id
                             WHERE order_items.order_id = %d
                            """.formatted(id)))
                    .toList();
            for (var i = 0; i < stored.size(); i++) {
                var found = i < served.size() ? served.get(i) : "nothing";
                expect(
                        found.equals(stored.get(i)),
                        "Of %d totals number %d (order=total) is %s; %s expected, in the sequence of the request.",
                        ids.size(),
                        i + 1,
                        found,
                        stored.get(i));
            }
            var threads = lesson.market().stage().platformThreads();
            // Often enough for each of them to be the first that is found missing.
            for (var round = 0; round < ROUNDS; round++) {
                var unknown = lesson.get("/api/orders_total?orders=1,904,2,901,903,902");
                expect(
                        unknown.status() == 404 && unknown.body().contains("904"),
                        "Totals of six orders, of which 904, 901, 903 and 902 do not exist, were answered %d%s; 404 that names 904, the first one asked, expected.",
                        unknown.status(),
                        unknown.status() == 404 ? " with the name of another" : "");
            }
            var left = lesson.market().stage().platformThreads() - threads;
            expect(
                    left <= THREADS_LEFT,
                    "%d requests for totals left %d threads of the operating system behind; at most %d expected, because what a request begins ends with it.",
                    ROUNDS,
                    left,
                    THREADS_LEFT);
        }
    }

    @Nested
    @StartedWith({"DEADLINE_MS=30000", "POOL_TIMEOUT_MS=10000"})
    class Exercise3 {
        /** A request to cancel is under way for twice as long, longer than one waits for it; a query for half as long. */
        private static final Duration UNDER_WAY = Duration.ofSeconds(1);
        /** How many connections others leave to the group. */
        private static final int FEW = 2;

        @Test
        void aFailureEndsTheOthersOnTheServer(Lesson lesson) throws Exception {
            awaitPool(lesson);
            lesson.get(GROUP_OF_TOTALS);
            // Once at its beginning, and once when it has taken longer than any limit that would end it soon.
            oneFails(lesson, Duration.ZERO);
            oneFails(lesson, Lesson.SILENCE);
            lesson.expectNothingBorrowed("Totals failed, and the others of their group were ended");
            var answer = lesson.get(GROUP_OF_TOTALS);
            expect(
                    answer.status() == 200,
                    "Afterwards a request for %d totals was answered %s; 200 expected.",
                    GROUP,
                    answer.brief());
            nobodyElseIsCancelled(lesson);
            whatIsUnderWayEnds(lesson);
        }

        /** The queries end while the server is being asked to cancel them, and others get their connections. */
        private void nobodyElseIsCancelled(Lesson lesson) throws Exception {
            lesson.faults().lock("item");
            var asked = lesson.getAsync(GROUP_OF_TOTALS);
            await(SOON, () -> lesson.witness().busySessions() > 1);
            lesson.relay().connectLatency(UNDER_WAY.multipliedBy(2));
            var before = lesson.relay().connects();
            lesson.faults().killOneAtWork("order_items");
            // Until they have been asked for, one of them perhaps by the pool, which replaces the connection.
            await(UNDER_WAY, () -> asked.isDone() || lesson.relay().connects() >= before + 2);
            lesson.faults().off();
            lesson.faults().lock("customer");
            var others = manyAtOnce(POOL_SIZE, i -> lesson.getAsync("/api/customers?limit=1"));
            lesson.witness().awaitSessionsAtWork(sessions -> sessions >= POOL_SIZE, SOON);
            await(UNDER_WAY.multipliedBy(2), () -> others.stream().anyMatch(CompletableFuture::isDone));
            answer(asked, LATE, "A request for %d totals, one of which had lost its connection,".formatted(GROUP));
            lesson.faults().off();
            for (var other : others) {
                var answer = answer(other, LATE, "A request for a customer");
                expect(
                        answer.status() != 503,
                        "Of %d totals one failed, and somebody else's request was answered %s; 200 expected. What is cancelled gives its connection back.",
                        GROUP,
                        answer.brief());
                expect(
                        answer.status() == 200,
                        "Of %d totals one failed, and somebody else's request, sent meanwhile, was answered %s; 200 expected. A request to cancel must not arrive after its query has ended.",
                        GROUP,
                        answer.brief());
            }
        }

        /** A query is on its way to the server, and a request to cancel it, which comes first, is forgotten. */
        private void whatIsUnderWayEnds(Lesson lesson) throws Exception {
            // Nobody asks a connection whether it lives before he borrows it: then it would not be the query that is
            // late.
            lesson.restart(settings -> settings.and("-Dcom.zaxxer.hikari.aliveBypassWindowMs=60000"));
            awaitPool(lesson);
            lesson.faults().lock("customer");
            var others = manyAtOnce(POOL_SIZE - FEW, i -> lesson.getAsync("/api/customers?limit=1"));
            lesson.witness().awaitSessionsAtWork(sessions -> sessions >= POOL_SIZE - FEW, SOON);
            lesson.get(GROUP_OF_TOTALS);
            lesson.faults().lock("item");
            lesson.relay().questionLatency(LATE);
            var before = lesson.relay().roundTrips();
            var asked = lesson.getAsync(GROUP_OF_TOTALS);
            await(SOON, () -> lesson.relay().roundTrips() >= before + FEW);
            var what = "A request for %d totals, one of which lost its connection at once,".formatted(GROUP);
            expect(lesson.faults().killOneIdle(), "%s had no connection.", what);
            await(UNDER_WAY.dividedBy(2), asked::isDone); // the first request to cancel comes before the queries
            lesson.relay().questionLatency(Duration.ZERO);
            var answer = answer(asked, SOON, what);
            expect(answer.status() == 503, "%s was answered %s; 503 expected.", what, answer.brief());
            await(UNDER_WAY, () -> false); // until what is under way has arrived
            var left = lesson.witness().awaitSessionsAtWork(sessions -> sessions <= others.size(), Lesson.SILENCE);
            expect(
                    left <= others.size(),
                    "Of %d totals one failed while others were on their way to the server, and seconds later it still worked on %d of them; 0 expected. A request to cancel that comes before its query is forgotten.",
                    GROUP,
                    left - others.size());
        }

        private void oneFails(Lesson lesson, Duration after) throws Exception {
            lesson.faults().lock("item");
            lesson.faults().lock("customer");
            var other = lesson.getAsync("/api/customers?limit=1");
            var asked = lesson.getAsync(GROUP_OF_TOTALS);
            expect(
                    await(SOON, () -> lesson.witness().busySessions() > 2),
                    "A request for %d totals never had more than %d of its statements at work at the same time; 2 or more expected.",
                    GROUP,
                    lesson.witness().busySessions() - 1);
            var limit = System.nanoTime() + after.toNanos();
            await(LATE, () -> asked.isDone() || System.nanoTime() > limit);
            await(SOON, () -> asked.isDone() || lesson.faults().killOneAtWork("order_items"));
            var what = "A request for %d totals, one of which had lost its connection,".formatted(GROUP);
            var answer = answer(asked, SOON, what);
            expect(answer.status() == 503, "%s was answered %s; 503 expected.", what, answer.brief());
            var left = lesson.witness().awaitSessionsAtWork(sessions -> sessions <= 1, Lesson.SILENCE);
            expect(
                    left <= 1,
                    "Of %d totals one failed, and seconds later the server still worked on %d of the others; 0 expected.",
                    GROUP,
                    left - 1);
            lesson.faults().off();
            var stranger = answer(other, SOON, "A request for a customer, meanwhile,");
            expect(
                    stranger.status() == 200,
                    "Of %d totals one failed, and a request for a customer that waited meanwhile was answered %s; 200 expected.",
                    GROUP,
                    stranger.brief());
        }
    }

    @Nested
    @StartedWith({
        "DEADLINE_MS=" + Exercise4.DEADLINE_MS,
        "POOL_TIMEOUT_MS=10000", // whoever waits for a connection waits longer than for the deadline
        "-Dcom.zaxxer.hikari.aliveBypassWindowMs=60000" // and none is asked first whether it lives
    })
    class Exercise4 {
        static final int DEADLINE_MS = 1000;

        @Test
        void aDeadlineEndsTheWholeGroup(Lesson lesson) throws Exception {
            expect(
                    await(LATE, () -> lesson.get(GROUP_OF_TOTALS).status() == 200),
                    "A request for %d totals that has time enough was not answered 200.",
                    GROUP);
            lesson.faults().lock("item");
            var single = lesson.getAsync("/api/order_total?order_id=2");
            expectTooLate(lesson, GROUP_OF_TOTALS, "whose table was locked");
            var answer = answer(single, SOON, "A request for one total, whose table was locked,");
            expect(
                    answer.status() == 504,
                    "A request for one total, whose table was locked, with DEADLINE_MS=%d was answered %s; 504 expected.",
                    DEADLINE_MS,
                    answer.brief());
            lesson.expectSilence("The deadline of %d totals passed".formatted(GROUP));
            lesson.faults().off();
            // Each of them in time, and all together not.
            lesson.market().db().generate(1, GROUP, lesson.random().nextInt(1_000_000));
            var different = lesson.market().text("SELECT string_agg(id::text, ',') FROM orders WHERE id > 3");
            lesson.relay().latency(Duration.ofMillis(DEADLINE_MS * 2 / 5));
            expectTooLate(lesson, "/api/orders_total?orders=" + different, "each of which was quick");
            lesson.faults().off();
            lesson.expectSilence("The deadline of %d totals passed".formatted(GROUP));
            expect(
                    await(LATE, () -> lesson.get(GROUP_OF_TOTALS).status() == 200),
                    "Afterwards a request for %d totals was not answered 200.",
                    GROUP);
            whatHasNotBegunDoesNotBegin(lesson);
            nobodyWaitsForADeadServer(lesson);
            fiveSecondsUnlessTold(lesson);
            for (var bad : List.of("soon", "99", "60001")) {
                lesson.expectRefusedStart(
                        "With DEADLINE_MS=" + bad,
                        List.of("DEADLINE_MS", bad),
                        settings -> settings.and("DEADLINE_MS", bad));
            }
        }

        /** All connections are busy until the deadline has passed. */
        private void whatHasNotBegunDoesNotBegin(Lesson lesson) throws Exception {
            lesson.faults().lock("item");
            lesson.faults().lock("customer");
            var others = manyAtOnce(POOL_SIZE, i -> lesson.getAsync("/api/customers?limit=1"));
            lesson.witness().awaitSessionsAtWork(sessions -> sessions >= POOL_SIZE, SOON);
            expectTooLate(lesson, GROUP_OF_TOTALS, "which had no connection");
            // Until they are answered: a session that was told to end is at work for a moment more, and may be told
            // twice.
            await(SOON, () -> {
                lesson.faults().killOneAtWork("customer");
                return others.stream().allMatch(CompletableFuture::isDone);
            });
            expect(
                    others.stream()
                            .filter(other -> other.isDone() && !other.isCompletedExceptionally())
                            .noneMatch(other -> other.join().status() == 504),
                    "A request for a customer was answered 504 after DEADLINE_MS=%d, which is for totals; what a total sets must not go back with its connection.",
                    DEADLINE_MS);
            lesson.expectSilence("The deadline of %d totals passed before they had a connection".formatted(GROUP));
            lesson.faults().off();
            await(LATE, () -> lesson.get(GROUP_OF_TOTALS).status() == 200);
        }

        /** From which nothing comes back, however often it is asked to cancel. */
        private void nobodyWaitsForADeadServer(Lesson lesson) throws Exception {
            lesson.restart(settings -> settings);
            awaitPool(lesson);
            await(LATE, () -> lesson.get(GROUP_OF_TOTALS).status() == 200);
            lesson.relay().questionLatency(LATE.multipliedBy(3));
            lesson.relay().connectLatency(LATE.multipliedBy(3));
            expectTooLate(lesson, GROUP_OF_TOTALS, "from whose server nothing came back");
            lesson.faults().off();
        }

        private void fiveSecondsUnlessTold(Lesson lesson) throws Exception {
            lesson.restart(settings -> settings.without("DEADLINE_MS"));
            await(LATE, () -> lesson.get(GROUP_OF_TOTALS).status() == 200);
            lesson.faults().lock("item");
            var start = System.nanoTime();
            var what = "Without DEADLINE_MS a request for %d totals, whose table was locked,".formatted(GROUP);
            var answer = answer(lesson.getAsync(GROUP_OF_TOTALS), LATE, what);
            var after = Duration.ofNanos(System.nanoTime() - start).toMillis();
            lesson.faults().off();
            expect(answer.status() == 504, "%s was answered %s; 504 expected.", what, answer.brief());
            expect(after > 4000 && after < 8000, "%s was answered after %d ms; 5000 expected.", what, after);
        }

        private void expectTooLate(Lesson lesson, String path, String which) throws Exception {
            var what = "A request for %d totals, %s, with DEADLINE_MS=%d".formatted(GROUP, which, DEADLINE_MS);
            var answer = answer(lesson.getAsync(path), SOON, what);
            expect(answer.status() == 504, "%s was answered %s; 504 expected.", what, answer.brief());
        }
    }

    /** The blocking half's pool opens its connections one by one, and goes on when the service answers already. */
    private static void awaitPool(Lesson lesson) {
        lesson.witness().awaitOpenSessions(open -> open >= POOL_SIZE, SOON);
    }

    @Nested
    @StartedWith("STYLE=reactive")
    class Exercise5 {
        private static final int ROWS = 15_000;
        private static final int PORTIONS = 4_000_000;
        private static final int DEADLINE_MS = 1000;
        private static final Duration A_WHILE = Duration.ofMillis(700);
        /** For a deadline of a second; the usual one, five, would be late. */
        private static final Duration IN_TIME = Duration.ofSeconds(4);

        @Test
        void theAsynchronousDriverAwaitsARowAndStreamsRows(Lesson lesson) throws Exception {
            awaitPool(lesson);
            aRowIsAwaited(lesson);
            aFailureIsAnsweredAsBefore(lesson);
            var rows = ROWS + lesson.random().nextInt(1000);
            lesson.market().execute(LONG_NAMES.formatted(rows));
            // Changed rows move to the table's end.
            lesson.market().execute("UPDATE customer SET email = email WHERE id % 7 = 0");
            passes(lesson, rows + 3);
            aPageIsAPage(lesson, rows + 3);
            whoHangsUpIsLetGo(lesson);
            lesson.market().execute("ALTER TABLE customer RENAME name TO gone");
            var bug = lesson.get("/api/customers");
            expect(
                    bug.status() == 500,
                    "With STYLE=reactive a query that can never succeed was answered %s; 500 expected.",
                    bug.brief());
            var open = lesson.witness().awaitOpenSessions(sessions -> sessions <= POOL_SIZE, SOON);
            expect(
                    open <= POOL_SIZE,
                    "A query failed, and its connection was not closed: %d are open; the pool's %d expected.",
                    open,
                    POOL_SIZE);
            whatTheServerCancelsTookTooLong(lesson);
            expect(
                    lesson.refusedStart(settings -> settings.and("STYLE", "virtual"))
                            .isEmpty(),
                    "With STYLE=virtual the service did not start.");
            isNotForWhoSaysNothing(lesson);
            lesson.expectRefusedStart(
                    "With STYLE=fast", List.of("STYLE", "fast"), settings -> settings.and("STYLE", "fast"));
            isAwaitedForSoLong(lesson);
        }

        private void isNotForWhoSaysNothing(Lesson lesson) throws Exception {
            lesson.restart(settings -> settings.without("STYLE"));
            awaitPool(lesson);
            var seen = lesson.during(() -> lesson.get("/api/order_total?order_id=1"));
            expect(
                    seen.sessionsOpened() == 0,
                    "Without STYLE a total opened a connection of its own; the pool's expected, because virtual is the default.");
        }

        private void aRowIsAwaited(Lesson lesson) throws Exception {
            lesson.get("/api/order_total?order_id=1");
            // Order 3 has no lines.
            for (var orderId : List.of(2, 3)) {
                var replies = new ArrayList<Reply>();
                var seen = lesson.during(() -> replies.add(lesson.get("/api/order_total?order_id=" + orderId)));
                var answer = replies.getFirst();
                expect(answer.status() == 200, "An order's total was answered %s; 200 expected.", answer.brief());
                expectOwnConnection(seen, "GET /api/order_total");
                var total = answer.json()
                        .path("total_cost")
                        .decimalValue(BigDecimal.ZERO)
                        .toPlainString();
                var stored = lesson.market().text("""
                        SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                          FROM order_items
                          JOIN item ON item.id = order_items.item_id
                         WHERE order_items.order_id = %d
                        """.formatted(orderId));
                expect(total.equals(stored), "Order %d costs %s; the service says %s.", orderId, stored, total);
            }
            var unknown = lesson.get("/api/order_total?order_id=77");
            expect(
                    unknown.status() == 404,
                    "The total of order 77, which is not there, was answered %s; 404 expected.",
                    unknown.brief());
            var stored = Reply.json(lesson.market().text("""
                    SELECT json_agg(json_build_object(
                               'id', customer.id, 'name', customer.name, 'email', customer.email,
                               'address', json_build_object(
                                   'flat_number', address.flat_number, 'post_code', address.post_code))
                               ORDER BY customer.id)
                      FROM customer
                      JOIN address ON address.id = customer.address_id
                    """));
            var difference = Difference.between(lesson.get("/api/customers").json(), stored);
            expect(
                    difference.isEmpty(),
                    "With STYLE=reactive GET /api/customers differs from what the database holds: %s.",
                    difference);
            lesson.code().expectR2dbc("The total of an order", "ReactiveAccessor.totalOf");
            lesson.code().expectR2dbc("GET /api/customers", "ReactiveAccessor.customers");
        }

        private void aFailureIsAnsweredAsBefore(Lesson lesson) throws Exception {
            lesson.faults().lock("item");
            var asked = lesson.getAsync("/api/order_total?order_id=2");
            var killed = await(SOON, () -> lesson.faults().killOneAtWork("item"));
            var what = "With STYLE=reactive a request for a total that had lost its connection";
            expectAtWork(killed, what, asked);
            lesson.faults().off();
            var answer = answer(asked, SOON, what);
            expect(answer.status() == 503, "%s was answered %s; 503 expected.", what, answer.brief());
            lesson.relay().refuseConnects();
            var refused = lesson.get("/api/order_total?order_id=1");
            lesson.faults().off();
            expect(
                    refused.status() == 503,
                    "With STYLE=reactive a request for a total that got no connection was answered %s; 503 expected.",
                    refused.brief());
        }

        private static void expectAtWork(boolean seen, String what, CompletableFuture<Reply> asked) {
            expect(
                    seen,
                    "%s had no statement at work about its items; it %s.",
                    what,
                    asked.handle((answer, failure) -> answer == null ? "failed" : "was answered " + answer.brief())
                            .getNow("has no answer yet"));
        }

        /** Of the driver's exceptions this one is a sibling of a lost connection's; only the SQLSTATE tells them apart. */
        private void whatTheServerCancelsTookTooLong(Lesson lesson) throws Exception {
            lesson.faults().lock("item");
            var asked = lesson.getAsync("/api/order_total?order_id=2");
            // In the SELECT list: as a condition it would be asked before the others, and cancel what does not wait
            // yet.
            var cancelled = await(SOON, () -> lesson.market().query("""
                    SELECT count(pg_cancel_backend(pid))
                      FROM pg_stat_activity
                     WHERE application_name LIKE 'step-%' AND wait_event_type = 'Lock'
                    """) > 0);
            var what = "With STYLE=reactive a request for a total whose statement the server had cancelled (57014)";
            expectAtWork(cancelled, what, asked);
            lesson.faults().off();
            var answer = answer(asked, SOON, what);
            expect(answer.status() == 504, "%s was answered %s; 504 expected.", what, answer.brief());
        }

        /** What becomes of the statement is 5.6's. */
        private void isAwaitedForSoLong(Lesson lesson) throws Exception {
            lesson.restart(settings -> settings.and("STYLE", "reactive").and("DEADLINE_MS", DEADLINE_MS));
            await(LATE, () -> lesson.get("/api/order_total?order_id=1").status() == 200);
            lesson.faults().lock("item");
            var what = "With STYLE=reactive a request for a total that took longer than DEADLINE_MS=" + DEADLINE_MS;
            var answer = answer(lesson.getAsync("/api/order_total?order_id=2"), IN_TIME, what);
            lesson.faults().off();
            expect(answer.status() == 504, "%s was answered %s; 504 expected.", what, answer.brief());
            lesson.relay().connectLatency(LATE);
            var silent = "With STYLE=reactive a request for a total whose connection was never answered";
            answer = answer(lesson.getAsync("/api/order_total?order_id=2"), IN_TIME, silent);
            lesson.faults().off();
            expect(answer.status() == 504, "%s was answered %s; 504 expected.", silent, answer.brief());
        }

        /** The driver as it comes has no pool: that is step 6. */
        private void expectOwnConnection(Observation seen, String what) {
            expect(
                    seen.sessionsOpened() == 1,
                    "With STYLE=reactive %s opened %d connections; 1 expected, of the asynchronous driver.",
                    what,
                    seen.sessionsOpened());
        }

        private void passes(Lesson lesson, int rows) throws Exception {
            var request = "GET /api/customers with %,d rows of 1.6 kB".formatted(rows);
            var count = 0;
            var before = lesson.relay().answerBytes();
            try (var body = lesson.open("/api/customers");
                    var array = JsonMapper.shared().createParser(body)) {
                array.nextToken();
                expect(
                        lesson.witness().awaitLastingTransactions(A_WHILE) == 1,
                        "%s: a client had read the first bytes and no more, and the database had delivered everything; 1 transaction that waits for the client expected.",
                        request);
                // A portion may be larger than the sockets; several at once are none.
                expect(
                        lesson.relay().answerBytes() - before <= PORTIONS
                                || lesson.witness().sessionsThatSend() == 0,
                        "%s: a client had read the first bytes and no more, and the database sent on until the sockets were full; it has to wait until it is asked for more.",
                        request);
                while (array.nextToken() == JsonToken.START_OBJECT) {
                    var id = array.<JsonNode>readValueAsTree().path("id").intValue();
                    count++;
                    expect(id == count, "%s: number %,d is customer %,d; by id expected.", request, count, id);
                }
                expect(array.currentToken() == JsonToken.END_ARRAY, "%s: the array has no end.", request);
            }
            expect(count == rows, "%s: %,d rows arrived; all expected.", request, count);
        }

        private void whoHangsUpIsLetGo(Lesson lesson) throws Exception {
            try (var body = lesson.open("/api/customers")) {
                body.read();
            }
            var open = lesson.witness().awaitOpenSessions(sessions -> sessions <= POOL_SIZE, LATE);
            expect(
                    open <= POOL_SIZE,
                    "A client hung up in mid-stream, and seconds later %d connections were open; the pool's %d expected.",
                    open,
                    POOL_SIZE);
        }

        private void aPageIsAPage(Lesson lesson, int rows) throws Exception {
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(lesson.get("/api/customers?limit=3&after_id=" + (rows - 5))));
            expectOwnConnection(seen, "GET /api/customers");
            var ids = replies.getFirst().json().findValuesAsString("id");
            var expected = IntStream.range(rows - 4, rows - 1)
                    .mapToObj(Integer::toString)
                    .toList();
            expect(
                    seen.sessionsClosed() >= 1
                            || await(SOON, () -> lesson.witness().openSessions() <= POOL_SIZE),
                    "The connection of GET /api/customers was still open after its answer; closed expected.");
            expect(
                    ids.equals(expected),
                    "A page of 3 customers after number %,d shows %d, the first of them number %s; %d and number %s expected.",
                    rows - 5,
                    ids.size(),
                    ids.isEmpty() ? "none" : ids.getFirst(),
                    expected.size(),
                    expected.getFirst());
        }
    }

    @Nested
    @StartedWith({"STYLE=reactive", "DEADLINE_MS=" + Exercise6.DEADLINE_MS})
    class Exercise6 {
        private static final int DEADLINE_MS = 1500;
        private static final int CLIENTS = 20;
        private static final int ROWS = 10_000;

        @Test
        void whoStopsListeningEndsTheQuery(Lesson lesson) throws Exception {
            expect(
                    lesson.code().has("ReactiveAccessor.totalOf"),
                    "Nobody asks the asynchronous driver for a total yet: exercise 5.5 comes first.");
            lesson.code().expectR2dbc("The total of an order", "ReactiveAccessor.totalOf");
            awaitPool(lesson);
            lesson.get("/api/order_total?order_id=1");
            // Its connection is closed a moment after it was answered.
            var before = lesson.witness().awaitOpenSessions(open -> open <= POOL_SIZE, SOON);
            whatHasEndedIsNotCancelled(lesson);
            lesson.faults().lock("item");
            var what = "A request for a total that took longer than DEADLINE_MS=" + DEADLINE_MS;
            var seen = lesson.during(() -> {
                expect(reachesTheServer(lesson, what), "%s had no statement at work.", what);
                lesson.expectSilence("A deadline passed");
            });
            var byThemselves = seen.statements().stream()
                    .filter(statement -> statement.failed() && statement.error().contains("statement timeout"))
                    .count();
            expect(
                    byThemselves == 0,
                    "A deadline passed, and %d statements were ended by a limit of their own (statement_timeout); 0 expected.",
                    byThemselves);
            lesson.faults().off();
            expectClosed(lesson, before, "A deadline passed");
            whoCannotAskClosesAllTheSame(
                    lesson,
                    before,
                    what,
                    () -> lesson.relay().connectLatency(LATE.multipliedBy(3)),
                    "was not answered");
            // Not first: a request to cancel that is reset may have succeeded, by what the driver says.
            whoCannotAskClosesAllTheSame(
                    lesson, before, what, () -> lesson.relay().refuseConnects(), "failed");
            lesson.market().execute(LONG_NAMES.formatted(ROWS));
            whoReadsSlowlyHasNoDeadline(lesson);
            whoHangsUp(lesson);
            expectClosed(lesson, before, CLIENTS + " clients hung up in mid-stream");
        }

        private void whatHasEndedIsNotCancelled(Lesson lesson) throws Exception {
            var before = lesson.relay().connects();
            var seen = lesson.during(() -> {
                for (var i = 0; i < CLIENTS; i++) {
                    lesson.get("/api/order_total?order_id=1");
                }
            });
            var more = lesson.relay().connects() - before - seen.sessionsOpened();
            expect(
                    more < CLIENTS / 2,
                    "%d totals were answered, and %d connections more were made than sessions: requests to cancel what had ended; 0 expected.",
                    CLIENTS,
                    more);
        }

        private static void expectClosed(Lesson lesson, long before, String what) {
            var left = lesson.witness().awaitOpenSessions(open -> open <= before, SOON);
            expect(
                    left <= before,
                    "%s, and seconds later %d connections were open; %d expected, as before.",
                    what,
                    left,
                    before);
        }

        /** The query goes on until it has its lock, ends, and finds nobody at the other end of its socket. */
        private void whoCannotAskClosesAllTheSame(
                Lesson lesson, long before, String what, Runnable fault, String outcome) throws Exception {
            var struck = false;
            for (var round = 0; round < 5 && !struck; round++) {
                lesson.faults().lock("item");
                var asked = lesson.getAsync("/api/order_total?order_id=2");
                await(SOON, () -> lesson.witness().sessionsThatWait() > 0 || asked.isDone());
                fault.run();
                struck = lesson.witness().sessionsThatWait() > 0 && !asked.isDone();
                answer(asked, SOON, what);
                lesson.faults().unlock();
                if (struck) {
                    expectClosed(lesson, before, "A deadline passed and the request to cancel " + outcome);
                }
                lesson.faults().off();
            }
            expect(struck, "%s had no statement at work.", what);
        }

        /** Asks until a statement is at work before the deadline: a machine that is busy may need a second try. */
        private boolean reachesTheServer(Lesson lesson, String what) throws Exception {
            var reached = new AtomicBoolean();
            for (var round = 0; round < 5 && !reached.get(); round++) {
                var asked = manyAtOnce(5, i -> lesson.getAsync("/api/order_total?order_id=2"));
                await(SOON, () -> {
                    reached.compareAndSet(false, lesson.witness().sessionsThatWait() > 0);
                    return reached.get() || asked.stream().allMatch(CompletableFuture::isDone);
                });
                for (var one : asked) {
                    var answer = answer(one, SOON, what);
                    expect(answer.status() == 504, "%s was answered %s; 504 expected.", what, answer.brief());
                }
            }
            return reached.get();
        }

        private void whoReadsSlowlyHasNoDeadline(Lesson lesson) throws Exception {
            try (var body = lesson.open("/api/customers")) {
                body.read();
                lesson.witness().awaitLastingTransactions(Duration.ofMillis(DEADLINE_MS + 1000));
                var rest = new String(body.readAllBytes(), UTF_8);
                var last = rest.endsWith("]") ? Reply.json("[" + rest).size() : 0;
                expect(
                        last == ROWS + 3,
                        "A list of %,d customers was read more slowly than DEADLINE_MS=%d, which is for totals, and %,d of them arrived; all expected.",
                        ROWS + 3,
                        DEADLINE_MS,
                        last);
            } catch (IOException e) {
                throw new AssertionError(
                        "A list of %,d customers was read more slowly than DEADLINE_MS=%d, which is for totals, and broke off; all of it expected."
                                .formatted(ROWS + 3, DEADLINE_MS),
                        e);
            }
        }

        private void whoHangsUp(Lesson lesson) throws Exception {
            var uri = URI.create(lesson.market().stage().baseUri() + "/api/customers");
            var readers = new ArrayList<SlowReader>();
            try {
                for (var i = 0; i < CLIENTS; i++) {
                    readers.add(SlowReader.start(uri, 2_000_000));
                }
                await(LATE, () -> readers.stream().allMatch(reader -> reader.bytes() > 10_000));
            } finally {
                for (var reader : readers) {
                    reader.close();
                }
            }
            // Each of them is cancelled over a connection more: that takes a while.
            lesson.witness().awaitSessionsAtWork(sessions -> sessions == 0, LATE);
            lesson.expectSilence("%d clients hung up in mid-stream".formatted(CLIENTS));
        }
    }
}
