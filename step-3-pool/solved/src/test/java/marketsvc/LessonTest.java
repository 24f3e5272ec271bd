package marketsvc;

import static workshop.lesson.Lesson.expect;
import static workshop.lesson.Lesson.order;
import static workshop.witness.Witness.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workshop.contract.Reply;
import workshop.db.Ports;
import workshop.lesson.Lesson;
import workshop.stage.StageExtension;
import workshop.stage.StageProcess;
import workshop.stage.StageProcess.Settings;
import workshop.stage.StartedWith;
import workshop.witness.Event;

/** What PostgreSQL has to see of step 3, a class for each exercise. */
@Tag("lesson")
@ExtendWith(StageExtension.class)
@StartedWith({"POOL_TIMEOUT_MS=2000", "POOL_LEAK_MS=4000"})
class LessonTest {
    private static final Duration POOL_TIMEOUT = Duration.ofSeconds(2);
    private static final String CUSTOMERS = "/api/customers";
    private static final String NEW_ORDER = "/api/add_new_order";
    private static final List<String> QUESTIONS = List.of(
            CUSTOMERS,
            "/api/orders?cust_id=%d",
            "/api/order_total?order_id=%d",
            "/api/orders_total?orders=3,%d",
            "/api/orders_between_dates?after=2024-03-0%d&before=2024-03-22");
    private static final int AT_MOST = 10;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(15);
    private static final String SHOWS_ITS_CONFIGURATION =
            "-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari.HikariConfig=debug";

    // Nobody shall be refused here, on a slow machine either.
    @Nested
    @StartedWith("POOL_TIMEOUT_MS=10000")
    class Exercise1 {
        private static final int CLIENTS = 40;
        private static final int REQUESTS = 200;

        @Test
        void allRequestsShareAFewConnections(Lesson lesson) throws Exception {
            QUESTIONS.forEach(question -> lesson.get(question.formatted(1))); // a JVM's first answers are slow ones
            fewConnectionsServe(lesson, 2 * CLIENTS);
            fewConnectionsServe(lesson, REQUESTS);
            theServiceTellsOfItsPool(lesson);
            moreThanOneAtATime(lesson);
        }

        private void fewConnectionsServe(Lesson lesson, int requests) throws Exception {
            var answers = new ConcurrentLinkedQueue<Reply>();
            var seen = lesson.during(() -> ask(lesson, CLIENTS, requests, answers));
            expect(
                    seen.sessionsOpened() <= AT_MOST,
                    "%,d requests from %d clients opened %,d connections; at most %d expected.",
                    requests,
                    CLIENTS,
                    seen.sessionsOpened(),
                    AT_MOST);
            expectAll(200, requests, answers, "%,d requests from %d clients".formatted(requests, CLIENTS));
            var open = lesson.witness().openSessions();
            expect(
                    open <= AT_MOST,
                    "After %,d requests %d connections were open; at most %d expected.",
                    requests,
                    open,
                    AT_MOST);
            expect(open > 0, "After %,d requests no connection was left open for the next one.", requests);
            var used = seen.statements().stream().map(Event::session).distinct().count();
            expect(
                    used > 1 && used <= AT_MOST,
                    "%,d requests from %d clients were served by %,d connections; 2 to %d expected.",
                    requests,
                    CLIENTS,
                    used,
                    AT_MOST);
        }

        private void moreThanOneAtATime(Lesson lesson) throws Exception {
            lesson.faults().lock("customer");
            var waiting = manyAtOnce(2 * AT_MOST, i -> lesson.getAsync(CUSTOMERS));
            var busy = lesson.witness().mostBusySessions(SOON);
            await(SOON, () -> active(lesson) >= busy);
            var active = active(lesson);
            lesson.faults().off();
            await(SOON, () -> answered(waiting).size() == waiting.size());
            await(SOON, () -> active(lesson) < busy);
            var atRest = active(lesson);
            expect(
                    busy > 1 && busy <= AT_MOST,
                    "%d requests at once kept %d connections busy; 2 to %d expected.",
                    waiting.size(),
                    busy,
                    AT_MOST);
            // Until 3.6 is done, /health has kept one that nobody uses.
            expect(
                    active >= busy && atRest < busy,
                    "%d requests at once kept %d connections busy, and the gauge hikaricp_connections_active said %d, and %d after them; the same expected, and fewer after them.",
                    waiting.size(),
                    busy,
                    active,
                    atRest);
        }

        /** @return what the gauge says; -1 when there is none */
        private int active(Lesson lesson) {
            return Pattern.compile("(?m)^hikaricp_connections_active(?:\\{.*})? ([0-9]+)")
                    .matcher(lesson.get("/metrics").body())
                    .results()
                    .mapToInt(gauge -> Integer.parseInt(gauge.group(1)))
                    .findFirst()
                    .orElse(-1);
        }

        private void theServiceTellsOfItsPool(Lesson lesson) {
            var health = lesson.get("/health");
            expect(
                    health.status() == 200
                            && health.json().path("status").asString().equals("up"),
                    "GET /health was answered %s; 200 with {\"status\":\"up\"} expected.",
                    health);
            expect(
                    health.header("Content-Type").startsWith("application/json"),
                    "GET /health came with Content-Type \"%s\"; application/json expected.",
                    health.header("Content-Type"));
            var odd = lesson.get("/health?x=1");
            expect(odd.status() == 400, "GET /health?x=1 was answered %s; 400 expected.", odd.brief());
            var metrics = lesson.get("/metrics");
            expect(
                    metrics.status() == 200 && metrics.body().contains("hikaricp_connections_active"),
                    "GET /metrics was answered %s; 200 with the gauge hikaricp_connections_active expected.",
                    metrics);
            expect(
                    metrics.header("Content-Type").startsWith("text/plain"),
                    "GET /metrics came with Content-Type \"%s\"; text/plain expected.",
                    metrics.header("Content-Type"));
        }
    }

    @Nested
    class Exercise2 {
        private static final int GETS = 30;
        private static final int POSTS = 10;
        private static final Duration MARGIN = Duration.ofMillis(1500); // a second try takes longer

        @Test
        void whoCannotHaveAConnectionIsToldSoInTime(Lesson lesson) throws Exception {
            var process = lesson.market().stage().handle();
            lesson.get(CUSTOMERS);
            lesson.post(NEW_ORDER, order(1, 1)); // the first of each kind takes time of its own
            var orders = lesson.market().count("orders");
            lesson.faults().lock("customer");
            var gets = manyAtOnce(GETS, i -> lesson.getAsync(CUSTOMERS));
            expectSomebodyToWait(lesson);
            var start = System.nanoTime();
            var posts = manyAtOnce(POSTS, i -> lesson.postAsync(NEW_ORDER, order(1 + i % 3, 1, 2)));
            expectRefusals(start, posts);
            var welcome = lesson.get("/");
            expect(
                    welcome.status() == 200,
                    "GET / needs no connection, and was answered %s; 200 expected.",
                    welcome.brief());
            var held = lesson.witness().busySessions();
            var refused = answered(gets);
            expectAll(503, (int) (GETS - held), refused, "The GETs that had no connection");
            expectRetryAfter(refused);
            lesson.faults().off();
            await(SOON, () -> answered(gets).size() == GETS);
            var served = answered(gets).stream()
                    .filter(reply -> reply.status() == 200)
                    .count();
            expect(
                    served == held,
                    "%d requests waited for the locked table; when it was free %d were answered 200.",
                    held,
                    served);
            recovers(lesson);
            expect(
                    lesson.market().stage().handle().equals(process),
                    "The service had to be started again; recovery by itself expected.");
            var stored = lesson.market().count("orders") - orders;
            expect(
                    stored == 1,
                    "%d orders were answered 503 and 1 was answered 201; %d are stored, 1 expected.",
                    POSTS,
                    stored);
            anythingElseIsAnsweredAsBefore(lesson);
            lesson.market().db().reset();
            aSecondIsThePatienceUnlessTold(lesson);
        }

        private void aSecondIsThePatienceUnlessTold(Lesson lesson) throws Exception {
            lesson.restart(settings -> settings.without("POOL_TIMEOUT_MS").and(SHOWS_ITS_CONFIGURATION));
            expect(
                    isConfigured(lesson, "connectionTimeout", 1000),
                    "Without POOL_TIMEOUT_MS what HikariCP logs of the new pool does not show connectionTimeout 1000; that expected.");
        }

        private void expectSomebodyToWait(Lesson lesson) {
            var busy = lesson.witness().mostBusySessions(SOON);
            expect(
                    busy < GETS,
                    "%d requests at once kept %d connections busy, and nobody had to wait for one; fewer expected (exercise 3.1).",
                    GETS,
                    busy);
        }

        private void expectRefusals(long start, List<CompletableFuture<Reply>> posts) {
            var first = new AtomicLong();
            await(POOL_TIMEOUT.plus(MARGIN), () -> {
                var some = !answered(posts).isEmpty();
                first.compareAndSet(0, some ? System.nanoTime() - start : 0);
                return answered(posts).size() == posts.size();
            });
            var answers = answered(posts);
            expect(
                    answers.size() == posts.size(),
                    "All connections were busy, with POOL_TIMEOUT_MS=%d: %d ms later %d of %d orders had been answered; all expected.",
                    POOL_TIMEOUT.toMillis(),
                    POOL_TIMEOUT.plus(MARGIN).toMillis(),
                    answers.size(),
                    posts.size());
            expectAll(503, posts.size(), answers, "Orders while all connections were busy");
            expect(
                    first.get() > POOL_TIMEOUT.multipliedBy(3).dividedBy(4).toNanos(),
                    "With POOL_TIMEOUT_MS=%d a request gave up after %d ms already.",
                    POOL_TIMEOUT.toMillis(),
                    first.get() / 1_000_000);
            expectRetryAfter(answers);
        }

        private void expectRetryAfter(List<Reply> answers) {
            for (var answer : answers) {
                expect(
                        answer.header("Retry-After").matches("[1-9][0-9]{0,2}"),
                        "503 came with Retry-After \"%s\"; a few seconds expected.",
                        answer.header("Retry-After"));
            }
        }

        private void recovers(Lesson lesson) throws Exception {
            var answers = new ConcurrentLinkedQueue<Reply>();
            ask(lesson, 8, 40, answers);
            expectAll(200, 40, answers, "When the table was free again, 40 requests");
            var order = lesson.post(NEW_ORDER, order(2, 1));
            expect(order.status() == 201, "When the table was free again, an order was answered %s.", order.brief());
        }

        private void anythingElseIsAnsweredAsBefore(Lesson lesson) {
            var unknown = lesson.post(NEW_ORDER, order(1, 77));
            expect(unknown.status() == 422, "An order of item 77 was answered %s; 422 expected.", unknown.brief());
            lesson.market().execute("ALTER TABLE order_items RENAME item_id TO gone");
            var bug = lesson.get("/api/orders?cust_id=1");
            expect(bug.status() == 500, "A query that can never succeed was answered %s; 500 expected.", bug.brief());
        }
    }

    @Nested
    @StartedWith("POOL_TIMEOUT_MS=10000") // nobody is refused here, however slow the machine
    class Exercise3 {
        private static final int ORDERS = 60;
        private static final int POLLS = 50;
        /** From now on an item that does not exist is noticed by the COMMIT, and not before. */
        private static final String CHECKED_AT_COMMIT =
                "ALTER TABLE order_items ALTER CONSTRAINT order_items_item_id_fkey DEFERRABLE INITIALLY DEFERRED";

        @Test
        void theCourierIsToldOfWhatIsStoredAndKeepsNobodyWaiting(Lesson lesson) throws Exception {
            lesson.market().execute(CHECKED_AT_COMMIT);
            heHearsOfNothingBeforeItsCommit(lesson);
            noTransactionIsOpenMeanwhile(lesson);
            heHearsOfNothingThatFails(lesson);
            heKeepsNoConnectionBusy(lesson);
        }

        private void heHearsOfNothingBeforeItsCommit(Lesson lesson) throws Exception {
            // His first order makes the service load what it needs to tell him.
            var first = orderId(lesson.post(NEW_ORDER, order(1, 1)));
            await(SOON, () -> lesson.courier().orders().contains(first));
            lesson.faults().lock("item");
            var posted = lesson.postAsync(NEW_ORDER, order(1 + lesson.random().nextInt(3), 1, 2, 4));
            // From now on the COMMIT waits: time enough for somebody who does not wait for it.
            var committing = new AtomicInteger();
            await(SOON, () -> {
                var waits = lesson.witness().busySessions() == 1;
                return lesson.courier().orders().contains(first + 1)
                        || committing.updateAndGet(polls -> waits ? polls + 1 : 0) > POLLS;
            });
            var early = lesson.courier().orders();
            lesson.faults().off();
            var answer = posted.get(LATE.toSeconds(), TimeUnit.SECONDS);
            expect(answer.status() == 201, "An order of 3 items was answered %s; 201 expected.", answer.brief());
            expect(
                    !early.contains(orderId(answer)),
                    "The courier was told of an order before it was committed; afterwards expected.");
            await(SOON, () -> lesson.courier().orders().contains(orderId(answer)));
            expect(
                    lesson.courier().orders().contains(orderId(answer)),
                    "An order was answered 201, and the courier was not told of it.");
        }

        private void noTransactionIsOpenMeanwhile(Lesson lesson) {
            var open = new ConcurrentLinkedQueue<Long>();
            lesson.courier().listener(id -> open.add(lesson.witness().sessionsIdleInTransaction()));
            lesson.post(NEW_ORDER, order(2, 1, 2));
            await(SOON, () -> !open.isEmpty());
            expect(
                    open.stream().allMatch(transactions -> transactions == 0),
                    "While the courier was told of an order, %s transaction was open; 0 expected.",
                    open.peek());
        }

        private void heHearsOfNothingThatFails(Lesson lesson) {
            lesson.courier().reset();
            var before = lesson.market().count("orders");
            for (var bad : List.of(order(1, 1, 77), order(2, 99_999), order(77, 1))) {
                var answer = lesson.post(NEW_ORDER, bad);
                expect(
                        answer.status() == 422,
                        "An order of what does not exist was answered %s; 422 expected.",
                        answer);
            }
            var good = lesson.post(NEW_ORDER, order(3, 1));
            expect(good.status() == 201, "An order was answered %s; 201 expected.", good.brief());
            var more = lesson.market().count("orders") - before;
            expect(
                    more == 1,
                    "Of 4 orders 3 were answered 422 and 1 was answered 201; %d are stored, 1 expected.",
                    more);
            // Whoever tells him on another thread has told him of the bad ones by now.
            var stored = orderId(good);
            await(SOON, () -> lesson.courier().orders().contains(stored));
            var told = lesson.courier().orders().size();
            expect(
                    lesson.courier().orders().equals(List.of(stored)),
                    "Of 4 orders 1 was stored, and the courier was told of %d; of that one expected, once.",
                    told);
            whoFailsGivesItBackToo(lesson);
        }

        private void whoFailsGivesItBackToo(Lesson lesson) {
            for (var n = 1; n <= AT_MOST + 1; n++) {
                var answer = lesson.post(NEW_ORDER, order(1, 99_999));
                expect(
                        answer.status() == 422,
                        "Order %d of %d that were refused was answered %s; 422 expected. Who fails gives his connection back, too.",
                        n,
                        AT_MOST + 1,
                        answer.brief());
            }
            // Of whoever has no pool yet.
            var open = lesson.witness().awaitOpenSessions(sessions -> sessions <= AT_MOST, SOON);
            expect(
                    open <= AT_MOST,
                    "After %d refused orders %d connections were open; at most %d expected.",
                    AT_MOST + 1,
                    open,
                    AT_MOST);
        }

        private void heKeepsNoConnectionBusy(Lesson lesson) throws Exception {
            lesson.courier().reset();
            var patience = new CountDownLatch(1);
            lesson.courier().waitsFor(patience, Duration.ofSeconds(8));
            var posted = manyAtOnce(ORDERS, i -> lesson.postAsync(NEW_ORDER, order(1 + i % 3, 1, 2)));
            // The service waits for him for five seconds: who is told after that was waiting for another's turn.
            await(Duration.ofSeconds(4), () -> told(lesson) == ORDERS || count(201, answered(posted)) == ORDERS);
            var told = Math.max(told(lesson), count(201, answered(posted)));
            var open = lesson.witness().openSessions();
            patience.countDown();
            await(LATE, () -> answered(posted).size() == ORDERS);
            expect(
                    told == ORDERS,
                    "Of %d orders at once, the courier had been told of %d before he had time to answer the first; all expected: none has to wait for a connection.",
                    ORDERS,
                    told);
            expect(
                    open <= AT_MOST,
                    "While the courier took his time with %d orders, %d connections were open; at most %d expected.",
                    ORDERS,
                    open,
                    AT_MOST);
            expectAll(201, ORDERS, answered(posted), ORDERS + " orders at once");
            await(SOON, () -> told(lesson) >= ORDERS);
            var stored = answered(posted).stream().map(this::orderId).sorted().toList();
            var heard = lesson.courier().orders().stream().sorted().toList();
            expect(
                    heard.equals(stored),
                    "Of %d orders that were stored the courier was told %d times; of each once expected.",
                    ORDERS,
                    heard.size());
        }

        private int orderId(Reply stored) {
            return stored.json().path("order_id").intValue();
        }

        private int told(Lesson lesson) {
            return new HashSet<>(lesson.courier().orders()).size();
        }
    }

    @Nested
    class Exercise4 {
        private static final int CLIENTS = 8;
        private static final int REQUESTS = 200;
        /** Half of a usual patience. */
        private static final Duration STILL_AT_WORK = Duration.ofSeconds(5);
        /** Sessions whose client had gone without a word. */
        private static final String ABANDONED =
                "SELECT sessions_abandoned FROM pg_stat_database WHERE datname = current_database()";

        @Test
        void nothingThatHappensToItsDatabaseNeedsAHand(Lesson lesson) throws Exception {
            var settings = lesson.market().stage().settings();
            lesson.get(CUSTOMERS);
            if (lesson.market().stage().handle().supportsNormalTermination()) { // Windows has no SIGTERM
                whoWaitsIsAnsweredBeforeTheEnd(lesson);
            }
            aStartWithoutADatabaseFailsWithAWord(lesson);
            lesson.restart(changed -> settings);
            recoversFrom(
                    lesson, "its connections were killed", () -> lesson.faults().killSessions());
            recoversFrom(lesson, "the database was restarted", () -> {
                lesson.faults().stopDatabase();
                lesson.faults().startDatabase();
            });
        }

        private void whoWaitsIsAnsweredBeforeTheEnd(Lesson lesson) throws Exception {
            var service = lesson.market().stage().handle();
            var abandoned = lesson.market().query(ABANDONED);
            lesson.faults().lock("customer");
            var inFlight = List.of(lesson.getAsync(CUSTOMERS), lesson.postAsync(NEW_ORDER, order(2, 1, 2)));
            await(SOON, () -> lesson.witness().busySessions() == 2);
            try {
                service.destroy();
                var closed = await(SOON, () -> !service.isAlive() || !takesNewcomers(lesson));
                if (closed) {
                    await(STILL_AT_WORK, () -> inFlight.stream().allMatch(CompletableFuture::isDone));
                }
                lesson.faults().off();
                await(SOON, () -> inFlight.stream().allMatch(CompletableFuture::isDone));
                var answers = answered(inFlight);
                expect(
                        answers.size() == 2,
                        "SIGTERM came while 2 requests waited for the database, for %d s: %d of them got an answer; 2 expected.",
                        STILL_AT_WORK.toSeconds(),
                        answers.size());
                var statuses = answers.stream().map(Reply::status).toList();
                expect(
                        statuses.equals(List.of(200, 201)),
                        "SIGTERM came while a GET and an order waited for the database: they were answered %s; [200, 201] expected.",
                        statuses);
                expect(closed, "%d s after SIGTERM the service still did not refuse new requests.", SOON.toSeconds());
                await(SOON, () -> !service.isAlive());
                expect(
                        !service.isAlive(),
                        "%d s after its last answer the service that got SIGTERM had not ended.",
                        SOON.toSeconds());
                lesson.witness().awaitOpenSessions(sessions -> sessions == 0, SOON);
                var left = lesson.market().query(ABANDONED) - abandoned;
                expect(
                        left == 0,
                        "The service that got SIGTERM ended without closing its connections: the database found %d of them abandoned; 0 expected.",
                        left);
            } finally {
                service.destroyForcibly(); // for the next check, when it has not ended by itself
                service.onExit().get(LATE.toSeconds(), TimeUnit.SECONDS);
            }
        }

        private boolean takesNewcomers(Lesson lesson) {
            try {
                return lesson.getAsync("/").get(1, TimeUnit.SECONDS).status() == 200;
            } catch (TimeoutException slow) {
                return true; // not refused, on a machine that is busy
            } catch (ExecutionException refused) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private void aStartWithoutADatabaseFailsWithAWord(Lesson lesson) throws Exception {
            var nobody = "jdbc:postgresql://localhost:%d/marketdb?user=market&password=market".formatted(Ports.free(0));
            lesson.expectRefusedStart(
                    "Without a database", List.of(), settings -> settings.and("MARKETDB_URL", nobody));
            var frames = lesson.market().stage().output().stream()
                    .filter(StageProcess::isFrame)
                    .count();
            expect(
                    frames == 0,
                    "Without a database the service said what is wrong, and %d lines of stack traces besides; none expected.",
                    frames);
            var named = lesson.market().stage().output().stream()
                    .filter(line -> line.matches("[\\w.$]+(Exception|Error)\\b.*"))
                    .findFirst();
            expect(
                    named.isEmpty(),
                    "Without a database the service said it by the name of a class: \"%s\"; the exception's message alone expected.",
                    named.orElse(""));
        }

        private void recoversFrom(Lesson lesson, String what, Runnable fault) throws Exception {
            try (var load = new Load(lesson, CLIENTS)) {
                await(SOON, () -> load.streak() >= CLIENTS);
                fault.run();
                // Half a second after its last use a pool may still trust a connection: under load that is over soon.
                Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
                load.forget();
                await(LATE, () -> load.streak() >= REQUESTS);
                expect(
                        load.streak() >= REQUESTS,
                        "After %s, %d s later requests still failed, the last one with %s; none expected.",
                        what,
                        LATE.toSeconds(),
                        load.lastFailure());
            }
            var answers = new ConcurrentLinkedQueue<Reply>();
            ask(lesson, CLIENTS, REQUESTS, answers);
            expectAll(
                    200,
                    REQUESTS,
                    answers,
                    "After " + what + " and the service had recovered, " + REQUESTS + " requests");
            var health = lesson.get("/health");
            expect(health.status() == 200, "After %s GET /health was answered %s; 200 expected.", what, health.brief());
        }
    }

    @Nested
    class Exercise5 {
        private static final int MORE = 12;

        @Test
        void thePoolIsAsLargeAsTheOperatorSays(Lesson lesson) throws Exception {
            var usual = 21 + lesson.random().nextInt(10);
            lesson.restart(settings -> settings.and("POOL_SIZE", usual));
            hasExactly(lesson, usual);
            startsWith(lesson, 1, 60_000, 600_000);
            hasExactly(lesson, 1);
            startsWith(lesson, 100, 250, 2000);
            expect(
                    isConfigured(lesson, "maximumPoolSize", 100),
                    "With POOL_SIZE=100 what HikariCP logs of the new pool does not show maximumPoolSize 100; that expected.");
            // Whoever has not come to their exercises yet does not read the other two at all.
            var readsTimeout = isConfigured(lesson, "connectionTimeout", 250);
            var readsLeak = isConfigured(lesson, "leakDetectionThreshold", 2000);
            for (var bad : List.of("many", "99999999999", "0", "101")) {
                // Of what was expected at least the bound that this number misses.
                var bound = bad.equals("0") ? "1" : bad.equals("101") ? "100" : "";
                lesson.expectRefusedStart(
                        "With POOL_SIZE=" + bad,
                        List.of("POOL_SIZE", bad, bound),
                        settings -> settings.and("POOL_SIZE", bad));
            }
            lesson.expectRefusedStart(
                    "With an empty POOL_SIZE", List.of("POOL_SIZE"), settings -> settings.and("POOL_SIZE", ""));
            if (readsTimeout) {
                isReadAlike(lesson, "POOL_TIMEOUT_MS", List.of("many", "249", "60001"));
            }
            if (readsLeak) {
                isReadAlike(lesson, "POOL_LEAK_MS", List.of("many", "1999", "600001"));
            }
        }

        private void isReadAlike(Lesson lesson, String name, List<String> wrong) throws Exception {
            for (var bad : wrong) {
                lesson.expectRefusedStart(
                        "With %s=%s".formatted(name, bad),
                        List.of(name, bad),
                        settings -> onlyWith(name, bad, settings));
            }
        }

        private Settings onlyWith(String name, Object value, Settings settings) {
            return settings.without("POOL_SIZE")
                    .without("POOL_TIMEOUT_MS")
                    .without("POOL_LEAK_MS")
                    .and(name, value);
        }

        /** The least and the most that are right, of all three. */
        private void startsWith(Lesson lesson, int size, int timeout, int leak) throws Exception {
            expect(
                    lesson.refusedStart(settings -> settings.and("POOL_SIZE", size)
                                    .and("POOL_TIMEOUT_MS", timeout)
                                    .and("POOL_LEAK_MS", leak)
                                    .and(SHOWS_ITS_CONFIGURATION))
                            .isEmpty(),
                    "POOL_SIZE=%d, POOL_TIMEOUT_MS=%d and POOL_LEAK_MS=%d are within the bounds, and with them the service did not start.",
                    size,
                    timeout,
                    leak);
        }

        private void hasExactly(Lesson lesson, int size) throws Exception {
            lesson.get(CUSTOMERS);
            lesson.faults().lock("customer");
            var waiting = manyWait(lesson, size + MORE, size);
            var busy = lesson.witness().mostBusySessions(SOON);
            var open = lesson.witness().openSessions();
            lesson.faults().off();
            await(LATE, () -> answered(waiting).size() == waiting.size());
            expect(
                    busy == size,
                    "With POOL_SIZE=%d, %d requests at once kept %d connections busy; %d expected.",
                    size,
                    size + MORE,
                    busy,
                    size);
            expect(open == size, "With POOL_SIZE=%d, %d connections were open; %d expected.", size, open, size);
            for (var question : QUESTIONS) {
                var answer = lesson.get(question.formatted(1));
                expect(answer.status() == 200, "With POOL_SIZE=%d, a request was answered %s.", size, answer.brief());
            }
            var order = lesson.post(NEW_ORDER, order(1, 1, 2));
            expect(order.status() == 201, "With POOL_SIZE=%d, an order was answered %s.", size, order.brief());
        }
    }

    @Nested
    class Exercise6 {
        private static final Duration LEAK = Duration.ofSeconds(4);
        private static final Duration MARGIN = Duration.ofSeconds(2);
        private static final Duration LATENCY = Duration.ofSeconds(3);
        private static final int CALLS = 50;
        private static final int MANY = 20;

        @Test
        void noConnectionIsMissingAndWhoKeepsOneIsNamed(Lesson lesson) throws Exception {
            whoKeepsAConnectionIsNamed(lesson);
            try {
                lesson.restart(settings -> settings.without("POOL_LEAK_MS").and(SHOWS_ITS_CONFIGURATION));
                expect(
                        isConfigured(lesson, "leakDetectionThreshold", 60_000),
                        "Without POOL_LEAK_MS what HikariCP logs of the new pool does not show leakDetectionThreshold 60000; that expected.");
                lesson.get(CUSTOMERS);
                healthGivesBackWhatItBorrows(lesson);
            } catch (AssertionError e) {
                lesson.market().stage().kill(); // what is missing in its pool is not to be missed by the next check
                throw e;
            }
        }

        private void whoKeepsAConnectionIsNamed(Lesson lesson) throws Exception {
            lesson.get(CUSTOMERS);
            lesson.faults().lock("customer");
            lesson.market().stage().forgetOutput();
            var start = System.nanoTime();
            var kept = lesson.getAsync(CUSTOMERS);
            await(LEAK.plus(MARGIN), () -> namesAClassOfOurs(lesson));
            var named = namesAClassOfOurs(lesson);
            var after = Duration.ofNanos(System.nanoTime() - start);
            lesson.faults().off();
            var answer = kept.get(LATE.toSeconds(), TimeUnit.SECONDS);
            expect(
                    named,
                    "With POOL_LEAK_MS=%d a connection was kept for %d ms, and no stack trace in the log names who kept it.",
                    LEAK.toMillis(),
                    LEAK.plus(MARGIN).toMillis());
            expect(
                    after.compareTo(LEAK.multipliedBy(9).dividedBy(10)) > 0,
                    "With POOL_LEAK_MS=%d somebody who had kept a connection for %d ms was named in the log; nobody expected so early.",
                    LEAK.toMillis(),
                    after.toMillis());
            expect(answer.status() == 200, "Who was named in the log was answered %s; 200 expected.", answer.brief());
        }

        private boolean namesAClassOfOurs(Lesson lesson) {
            return lesson.market().stage().output().stream()
                    .anyMatch(line -> line.matches("\\s+at (.*/)?marketsvc\\..*"));
        }

        private void healthGivesBackWhatItBorrows(Lesson lesson) throws Exception {
            var before = atOnce(lesson, MANY);
            var seen = lesson.during(() -> {
                for (var call = 1; call <= CALLS; call++) {
                    var answer = answerOf(lesson.getAsync("/health"));
                    expect(answer.startsWith("200"), "Call %d of /health was answered %s; 200 expected.", call, answer);
                }
            });
            expect(
                    seen.sessionsOpened() <= AT_MOST,
                    "%d calls of /health opened %d connections; at most %d expected.",
                    CALLS,
                    seen.sessionsOpened(),
                    AT_MOST);
            isDownWhileTheDatabaseIsSlow(lesson);
            for (var round = 1; round <= 3; round++) {
                lesson.faults().killSessions();
                await(SOON, () -> answerOf(lesson.getAsync("/health")).startsWith("200"));
            }
            var after = atOnce(lesson, before);
            expect(
                    after >= before,
                    "%d requests at once had a connection each. After %d calls of /health, and after all connections had been killed 3 times, %d had one; as many as before expected.",
                    before,
                    CALLS,
                    after);
        }

        private void isDownWhileTheDatabaseIsSlow(Lesson lesson) {
            lesson.get("/health"); // whoever has just been used is lent without a question
            lesson.relay().latency(LATENCY);
            var asked = lesson.getAsync("/health");
            var late = answerOf(asked);
            lesson.relay().off();
            expect(
                    late.startsWith("503"),
                    "While the database took %d s to answer, GET /health was answered %s; 503 expected.",
                    LATENCY.toSeconds(),
                    late);
            var type = asked.join().header("Content-Type");
            var retryAfter = asked.join().header("Retry-After");
            expect(
                    type.startsWith("application/problem+json") && retryAfter.matches("[1-9][0-9]*"),
                    "GET /health was answered 503 with Content-Type \"%s\" and Retry-After \"%s\"; application/problem+json and a few seconds expected.",
                    type,
                    retryAfter);
        }

        private String answerOf(CompletableFuture<Reply> asked) {
            try {
                return asked.get(8, TimeUnit.SECONDS).brief();
            } catch (ExecutionException | TimeoutException e) {
                return "not at all within 8 s";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "not at all";
            }
        }

        /** @return how many requests have a connection at the same time */
        private long atOnce(Lesson lesson, long expected) {
            lesson.faults().lock("customer");
            var waiting = manyWait(lesson, MANY, (int) Math.min(AT_MOST, expected));
            var busy = lesson.witness().mostBusySessions(SOON);
            lesson.faults().off();
            await(LATE, () -> answered(waiting).size() == waiting.size());
            return busy;
        }
    }

    /** On a slow machine some give up before the last connection is open: others take their places. */
    private static List<CompletableFuture<Reply>> manyWait(Lesson lesson, int many, int busy) {
        var waiting = new ArrayList<CompletableFuture<Reply>>();
        await(Duration.ofSeconds(8), () -> {
            var left = waiting.size() - answered(waiting).size();
            waiting.addAll(manyAtOnce(many - left, i -> lesson.getAsync(CUSTOMERS)));
            return lesson.witness().busySessions() >= busy;
        });
        return waiting;
    }

    /** By the pool's own word, which it gives when it is made. */
    private static boolean isConfigured(Lesson lesson, String property, int value) {
        lesson.get(CUSTOMERS); // some pools are made with their first connection
        return await(
                SOON,
                () -> lesson.market().stage().output().stream()
                        .anyMatch(line -> line.matches(".*" + property + "\\.+" + value)));
    }

    /** Clients who ask on and on. */
    private static final class Load implements AutoCloseable {
        private final java.util.concurrent.ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicInteger streak = new AtomicInteger();
        private volatile String lastFailure = "nothing";
        private volatile boolean ended;

        Load(Lesson lesson, int count) {
            for (var i = 0; i < count; i++) {
                var random = new Random(lesson.random().nextLong());
                clients.execute(() -> askOn(lesson, random));
            }
        }

        private void askOn(Lesson lesson, Random random) {
            while (!ended) {
                try {
                    var answer = lesson.get(question(random));
                    if (answer.status() == 200) {
                        streak.incrementAndGet();
                    } else {
                        failed(answer.brief());
                    }
                } catch (AssertionError notAnswered) {
                    failed(notAnswered.getMessage());
                }
            }
        }

        private void failed(String how) {
            lastFailure = how;
            streak.set(0);
        }

        int streak() {
            return streak.get();
        }

        void forget() {
            streak.set(0);
        }

        String lastFailure() {
            return lastFailure;
        }

        @Override
        public void close() {
            ended = true;
            clients.close();
        }
    }

    private static String question(Random random) {
        return QUESTIONS.get(random.nextInt(QUESTIONS.size())).formatted(1 + random.nextInt(3));
    }

    /** Asks {@code requests} questions, {@code clients} at a time, and gives up after a while. */
    private static void ask(Lesson lesson, int clients, int requests, Queue<Reply> answers)
            throws InterruptedException {
        var asking = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < clients; i++) {
            var random = new Random(lesson.random().nextLong());
            asking.add(() -> {
                for (var n = 0; n < requests / clients; n++) {
                    answers.add(lesson.get(question(random)));
                }
                return true;
            });
        }
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            executor.invokeAll(asking, LATE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<CompletableFuture<Reply>> manyAtOnce(int count, IntFunction<CompletableFuture<Reply>> request) {
        return IntStream.range(0, count).mapToObj(request).toList();
    }

    private static List<Reply> answered(List<CompletableFuture<Reply>> requests) {
        return requests.stream()
                .filter(request -> request.isDone() && !request.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .toList();
    }

    private static int count(int status, List<Reply> answers) {
        return (int)
                answers.stream().filter(answer -> answer.status() == status).count();
    }

    private static void expectAll(int status, int expected, java.util.Collection<Reply> answers, String who) {
        var right = answers.stream().filter(answer -> answer.status() == status).count();
        var example =
                answers.stream().filter(answer -> answer.status() != status).findFirst();
        expect(
                right == expected && example.isEmpty(),
                "%s: %d of %d were answered %d; all expected. One was answered %s.",
                who,
                right,
                expected,
                status,
                example.map(Reply::brief).orElse("not at all"));
    }
}
