package marketsvc;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static workshop.lesson.Lesson.expect;
import static workshop.witness.Witness.await;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import workshop.contract.Reply;
import workshop.db.WorkshopException;
import workshop.faults.SlowReader;
import workshop.lesson.Lesson;
import workshop.stage.StageExtension;
import workshop.stage.StartedWith;
import workshop.witness.Observation;
import workshop.witness.Transaction.Outcome;

/** What PostgreSQL has to see of step 4, a class for each exercise. */
@Tag("lesson")
@ExtendWith(StageExtension.class)
class LessonTest {
    private static final int POOL_SIZE = 10;
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final String BETWEEN = "/api/orders_between_dates?after=%s&before=%s";
    /** Long enough for a service to fill every buffer between it and a client who does not read. */
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private static final String ALL_ORDERS = BETWEEN.formatted("2024-01-01", "2026-01-01");

    /** @return the statements that are more than the pool's question whether a connection still lives */
    private static long questions(Observation seen) {
        return seen.statements().stream()
                .filter(statement -> !statement.sql().isBlank())
                .count();
    }

    /** @return how many pages of 8 KiB the table fills */
    private static long pages(Lesson lesson, String table) {
        return lesson.market().query("SELECT pg_relation_size('%s') / 8192".formatted(table));
    }

    /** A client begins to read a list, and goes away in the middle of it. */
    private static void hangUp(Lesson lesson, String path) throws IOException {
        var uri = URI.create(lesson.market().stage().baseUri() + path);
        try (var reader = SlowReader.start(uri, 2_000_000)) {
            Awaitility.await("the first bytes of " + path)
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> reader.bytes() > 100_000);
        }
    }

    @Nested
    class Exercise1 {
        /** Sums of every size that the columns take, some of them alike; %1$d is the seed, %2$d how many lines order 1 gets. */
        private static final String LINES = """
                SELECT setseed(%1$d / 1000000.0);
                INSERT INTO item (name, price)
                SELECT 'Item ' || n, CASE n %% 3 WHEN 0 THEN 7.50 ELSE (random() * 99999999)::numeric(10, 2) END
                  FROM generate_series(1, %2$d) AS n;
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT 1, id, 1 + floor(random() * CASE id %% 2 WHEN 0 THEN 20 ELSE 2147483646 END)::int
                  FROM item
                 WHERE id > 4;
                ANALYZE item, order_items;
                """;

        private static final int MORE_BYTES = 1000;

        @Test
        void aTotalIsOneRow(Lesson lesson) throws Exception {
            // A pool that still fills makes the answers longer.
            lesson.witness().awaitOpenSessions(open -> open >= POOL_SIZE, SOON);
            var lines = 700 + lesson.random().nextInt(200);
            lesson.market().execute(LINES.formatted(lesson.random().nextInt(1_000_000), lines));
            var many = answerBytes(lesson, 1);
            var one = answerBytes(lesson, 2);
            expect(
                    many - one <= MORE_BYTES,
                    "The database's answer about an order of 2 lines took %d bytes, about one of %d lines %d; at most %d more expected.",
                    one,
                    lines + 3,
                    many,
                    MORE_BYTES);
            severalAreSeveralRows(lesson);
            whatHasNoLinesIsStillThereOrNot(lesson);
        }

        private long answerBytes(Lesson lesson, int orderId) throws Exception {
            var lines = lesson.market().query("SELECT count(*) FROM order_items WHERE order_id = " + orderId);
            // The first time a connection answers, it describes itself; nothing is remembered yet.
            var first = totals(lesson, "/api/order_total?order_id=" + orderId);
            var before = lesson.relay().answerBytes();
            var seen = totals(lesson, "/api/order_total?order_id=" + orderId);
            expect(
                    seen.rows() <= 2 && questions(seen) <= 2,
                    "The total of an order of %d lines cost the database: statements %d, rows %d; at most 2 of each expected.",
                    lines,
                    questions(seen),
                    seen.rows());
            var bytes = lesson.relay().answerBytes() - before;
            expect(
                    first.rows() <= 50,
                    "The total of an order of %d lines, asked for the first time, took %d rows from the database; at most 50 expected.",
                    lines,
                    first.rows());
            return bytes;
        }

        private void severalAreSeveralRows(Lesson lesson) throws Exception {
            var seen = totals(lesson, "/api/orders_total?orders=2,1,3,1");
            expect(
                    seen.rows() <= 8,
                    "The totals of 4 orders, asked at once, took %d rows from the database; 1 for each expected.",
                    seen.rows());
            lesson.market().execute("UPDATE order_items SET quantity = quantity + 1 WHERE order_id = 2");
            totals(lesson, "/api/order_total?order_id=2");
        }

        private void whatHasNoLinesIsStillThereOrNot(Lesson lesson) throws Exception {
            totals(lesson, "/api/order_total?order_id=3");
            for (var path : List.of("/api/order_total?order_id=77", "/api/orders_total?orders=1,77,2,71,73,72")) {
                var answer = lesson.get(path);
                expect(
                        answer.status() == 404 && answer.body().contains("77"),
                        "GET %s was answered %s; there is no order 77: 404 that names it expected.",
                        path,
                        answer);
            }
        }

        /** Asks, and compares each total with the database's own. */
        private Observation totals(Lesson lesson, String path) throws Exception {
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(lesson.get(path)));
            var answer = replies.getFirst();
            expect(answer.status() == 200, "GET %s was answered %s; 200 expected.", path, answer);
            var totals = answer.json();
            var ids = String.join(",", totals.findValuesAsString("order_id"));
            expect(
                    path.endsWith("=" + ids),
                    "GET %s was answered with totals of %s; one for each expected, in the sequence of the request.",
                    path,
                    ids);
            for (var total : totals.isArray() ? totals : List.of(totals)) {
                var exact = lesson.market()
                        .text("""
                        SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                          FROM order_items
                          JOIN item ON item.id = order_items.item_id
                         WHERE order_items.order_id = %d
                        """.formatted(total.path("order_id").intValue()));
                var served =
                        total.path("total_cost").decimalValue(BigDecimal.ZERO).toPlainString();
                expect(
                        served.equals(exact),
                        "Order %d costs %s; the service says %s.",
                        total.path("order_id").intValue(),
                        exact,
                        served);
            }
            return seen;
        }
    }

    @Nested
    class Exercise2 {
        private static final String STORED = """
                SELECT coalesce(json_agg(json_build_object(
                           'order_id', orders.id,
                           'customer', json_build_object('name', customer.name),
                           'order_time', orders.order_time,
                           'items', (SELECT coalesce(json_agg(json_build_object(
                                                'name', item.name, 'description', item.description, 'price', item.price,
                                                'quantity', order_items.quantity,
                                                'total', item.price * order_items.quantity) ORDER BY item.id), '[]')
                                       FROM order_items
                                       JOIN item ON item.id = order_items.item_id
                                      WHERE order_items.order_id = orders.id))
                           ORDER BY orders.order_time, orders.id), '[]')
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN '%s' AND '%s'
                """;

        /** More than a statement can have parameters, which are counted in 16 bits. */
        private static final String MANY_WITHOUT_LINES = """
                INSERT INTO orders (customer_id, order_time)
                SELECT 1 + n % 3, timestamp '2024-01-01' + n * interval '1 minute' FROM generate_series(1, 66000) AS n;
                ANALYZE orders
                """;

        @Test
        void ordersComeWithTheirLinesInFewStatements(Lesson lesson) throws Exception {
            lesson.market().db().generate(50, 900, lesson.random().nextInt(1_000_000));
            lesson.market()
                    .execute("UPDATE item SET name = name || ' 6\" \\', description = 'a \"b\" \\ c' WHERE id % 5 = 0");
            // A line belongs to an item, not to a name.
            lesson.market().execute("UPDATE item SET name = 'Twin', description = NULL, price = 1 WHERE id % 2 = 1");
            // Orders of the same moment: lines belong to an order, not to a time.
            lesson.market()
                    .execute(
                            "UPDATE orders SET order_time = date_trunc('week', order_time) WHERE id % 3 > 0; UPDATE orders SET order_time = order_time + interval '0.123456 s' WHERE id % 3 = 0; ANALYZE orders");
            fewStatements(lesson, LocalDate.of(2031, 1, 1), LocalDate.of(2031, 2, 1)); // in which there are none
            for (var days : List.of(240, 30, 1)) {
                var after = LocalDate.of(2024, 1, 1).plusDays(lesson.random().nextInt(300));
                fewStatements(lesson, after, after.plusDays(days));
            }
            lesson.market().db().reset();
            // Few rows are found without an index, and come as they lie: neither items nor lines in the order of their
            // ids.
            lesson.market()
                    .execute("UPDATE item SET name = name WHERE id = 1; ANALYZE item, customer, orders, order_items");
            fewStatements(lesson, LocalDate.of(2024, 3, 14), LocalDate.of(2024, 3, 31));
            // From one order's time to another's.
            fewStatements(lesson, LocalDateTime.of(2024, 3, 18, 10, 30), LocalDateTime.of(2024, 3, 20, 11, 0));
            howeverManyThereAre(lesson);
        }

        private void howeverManyThereAre(Lesson lesson) {
            lesson.market().execute(MANY_WITHOUT_LINES);
            var orders = lesson.market().count("orders");
            var answer = lesson.get(ALL_ORDERS);
            expect(
                    answer.status() == 200,
                    "A list of %,d orders was answered %s; 200 expected.",
                    orders,
                    answer.brief());
            expect(
                    answer.json().size() == orders,
                    "A list of %,d orders shows %,d; all expected.",
                    orders,
                    answer.json().size());
        }

        private void fewStatements(Lesson lesson, Temporal after, Temporal before) throws Exception {
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(lesson.get(BETWEEN.formatted(after, before))));
            var answer = replies.getFirst();
            expect(
                    answer.status() == 200,
                    "Orders from %s to %s were answered %s; 200 expected.",
                    after,
                    before,
                    answer.brief());
            var stored = Reply.json(lesson.market().text(STORED.formatted(after, before)));
            var orders = stored.size();
            var lines = stored.findValues("quantity").size();
            var statements = questions(seen);
            // In chunks is right too, and so is a question of its own for the customers.
            var atMost = 4 + orders / 100;
            expect(
                    statements <= atMost,
                    "%d orders with their lines took %d statements; at most %d expected.",
                    orders,
                    statements,
                    atMost);
            expect(
                    seen.rows() <= orders + 2 * lines + 100,
                    "%d orders with %d lines took %d rows from the database; hardly more than there are expected.",
                    orders,
                    lines,
                    seen.rows());
            nestedAsStored(answer.json(), stored);
        }

        private void nestedAsStored(JsonNode served, JsonNode stored) {
            expect(
                    served.size() == stored.size(),
                    "The service shows %d orders between two dates; the database holds %d.",
                    served.size(),
                    stored.size());
            for (var i = 0; i < stored.size(); i++) {
                var id = stored.path(i).path("order_id").intValue();
                expect(
                        served.path(i).path("order_id").intValue() == id,
                        "Of the orders between two dates number %d is order %d; order %d expected, by time and then by id.",
                        i + 1,
                        served.path(i).path("order_id").intValue(),
                        id);
                expect(
                        served.path(i).path("items").equals(stored.path(i).path("items")),
                        "Order %d shows other lines than the database holds, or in another order: by item id expected.",
                        id);
                var time = stored.path(i).path("order_time").asString();
                expect(
                        served.path(i).path("order_time").asString().equals(time),
                        "Order %d was at %s; the service says %s.",
                        id,
                        time,
                        served.path(i).path("order_time").asString());
                expect(
                        served.path(i).equals(stored.path(i)),
                        "Order %d is not as the database holds it: %s",
                        id,
                        served.path(i));
            }
        }
    }

    @Nested
    @StartedWith({Exercise3.HEAP, "-Xmn16m", "-XX:+ExitOnOutOfMemoryError"})
    class Exercise3 {
        static final String HEAP = "-Xmx64m";
        private static final Duration LIMIT = Duration.ofSeconds(60);
        private static final int ROWS = 40_000;

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
        void longListsPassThroughASmallHeap(Lesson lesson) throws Exception {
            var rows = ROWS + lesson.random().nextInt(1000);
            lesson.market().execute(LONG_NAMES.formatted(rows));
            inTime("/api/customers", () -> passes(lesson, "/api/customers", "customer"));
            inTime(ALL_ORDERS, () -> passes(lesson, ALL_ORDERS, "orders"));
            whoHangsUpFreesTheConnection(lesson);
        }

        private void inTime(String path, Executable reading) {
            assertTimeoutPreemptively(
                    LIMIT, reading, () -> "GET %s of %,d rows did not end within %s.".formatted(path, ROWS, LIMIT));
        }

        private void passes(Lesson lesson, String path, String table) throws Exception {
            var rows = lesson.market().count(table);
            var lines = table.equals("orders") ? lesson.market().count("order_items") : 0;
            var request = "GET %s with %,d rows of 1.6 kB through %s"
                    .formatted(path.replaceFirst("\\?after.*", ""), rows, HEAP);
            var count = 0;
            var before = lesson.relay().roundTrips();
            try (var body = lesson.open(path);
                    var array = JsonMapper.shared().createParser(body)) {
                array.nextToken();
                expect(
                        lesson.witness().awaitLastingTransactions(A_WHILE) == 1,
                        "%s: when a client had read the first bytes, no transaction was open: all rows had been read already, or without one; 1 that still delivers expected.",
                        request);
                lesson.market().removeTheLast();
                while (array.nextToken() == JsonToken.START_OBJECT) {
                    lines -= array.<JsonNode>readValueAsTree().path("items").size();
                    count++;
                }
                expect(array.currentToken() == JsonToken.END_ARRAY, "%s: the array has no end.", request);
            } catch (IOException | JacksonException e) {
                var what = ranOutOfMemory(lesson) ? "the service ran out of memory" : "the answer broke off";
                throw new AssertionError("%s: %s.".formatted(request, what), e);
            } catch (AssertionError e) {
                throw outOfMemory(lesson)
                        ? new AssertionError("%s: the service ran out of memory.".formatted(request), e)
                        : e;
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
            var trips = lesson.relay().roundTrips() - before;
            expect(
                    trips <= 20 + rows / 20,
                    "%s: the database was asked %,d times; once for many rows expected.",
                    request,
                    trips);
        }

        /** What a process prints last comes a moment after its connections have broken. */
        private boolean ranOutOfMemory(Lesson lesson) {
            return await(Duration.ofSeconds(3), () -> outOfMemory(lesson));
        }

        private boolean outOfMemory(Lesson lesson) {
            return lesson.market().stage().output().stream().anyMatch(line -> line.contains("OutOfMemoryError"));
        }

        private void whoHangsUpFreesTheConnection(Lesson lesson) throws Exception {
            for (var path : List.of("/api/customers", ALL_ORDERS)) {
                hangUp(lesson, path);
                hangUp(lesson, path);
                var left = lesson.witness().awaitSessionsAtWork(sessions -> sessions == 0, SOON);
                expect(
                        left == 0,
                        "2 clients hung up in the middle of %s; seconds later %d sessions still worked for them, 0 expected.",
                        path.replaceFirst("\\?.*", ""),
                        left);
            }
            lesson.expectNothingBorrowed("4 clients hung up");
        }
    }

    @Nested
    class Exercise4 {
        private static final int ORDERS = 200_000;
        private static final Duration A_START = Duration.ofSeconds(30);

        /** About three orders in ten minutes, in no order; %1$d is the seed, %2$d how many, %3$d in which year they begin. */
        private static final String MANY_ORDERS = """
                SET session_replication_role = replica;
                SELECT setseed(%1$d / 1000000.0);
                INSERT INTO orders (customer_id, order_time)
                SELECT 1 + n %% 3000, timestamp '%3$d-01-01' + floor(random() * 200 * %2$d) * interval '1 second'
                  FROM generate_series(1, %2$d) AS n;
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT id, 1 + id %% 4, 1 + id %% 9 FROM orders WHERE id %% 100 = 0;
                ANALYZE orders, order_items;
                """;

        private int firstYear;

        @Test
        void aFewOrdersAreFoundWithoutReadingAll(Lesson lesson) throws Exception {
            lesson.market().db().reset(); // a start for this check may have migrated already
            lesson.market().db().generate(3000, 0, lesson.random().nextInt(1_000_000));
            // Another one than the sample data's: an index is for all times.
            firstYear = 1970 + lesson.random().nextInt(50);
            lesson.market().execute(MANY_ORDERS.formatted(lesson.random().nextInt(1_000_000), ORDERS, firstYear));
            answersWhenMigrated(lesson);
            readsLittle(lesson);
            startsAgain(lesson);
            readsLittle(lesson);
            lesson.expectNothingBorrowed("The migration is done");
            noIndexTwice(lesson);
            lesson.market().db().empty(); // also of the record of what has been migrated, if there is one
            lesson.expectRefusedStart("On a database without orders", List.of(), settings -> settings);
        }

        private void noIndexTwice(Lesson lesson) {
            var twice = lesson.market().text("""
                    WITH index AS (SELECT x.*, c.relam, c.relname,
                                          (string_to_array(x.indkey::text, ' '))[1:x.indnkeyatts] AS keys
                                     FROM pg_index x
                                     JOIN pg_class c ON c.oid = x.indexrelid AND c.relnamespace = 'public'::regnamespace
                                    WHERE x.indpred IS NULL AND x.indexprs IS NULL AND x.indisvalid)
                    SELECT coalesce(string_agg(DISTINCT a.relname, ', '), '')
                      FROM index a
                      JOIN index b ON b.indrelid = a.indrelid AND b.indexrelid <> a.indexrelid AND b.relam = a.relam
                                  AND b.keys[1:a.indnkeyatts] = a.keys
                     WHERE NOT a.indisunique AND a.indnatts = a.indnkeyatts
                    """);
            expect(
                    twice.isEmpty(),
                    "Indexes with whose columns another index of the table begins: %s; none expected. The other one finds the same, and each insert has to keep both.",
                    twice);
        }

        /** The migration has to wait for a locked table, and with it whoever asks the service. */
        private void answersWhenMigrated(Lesson lesson) throws Exception {
            lesson.faults().lock("orders");
            var answers = new AtomicBoolean();
            var waited = new AtomicBoolean();
            var unlocks = Thread.ofVirtual().start(() -> {
                await(A_START, () -> {
                    waited.set(lesson.witness().sessionsThatWait() > 0);
                    return answers.get() || waited.get();
                });
                await(A_WHILE, answers::get);
                lesson.faults().off();
            });
            try {
                start(lesson, this::endedAtFirst);
                // Who has not waited yet may do so later: a port that opens first does not say when it migrates.
                expect(
                        !await(
                                waited.get() ? A_WHILE.multipliedBy(2) : SOON,
                                () -> lesson.witness().sessionsThatWait() > 0),
                        "The service took requests while its migration still waited for the table orders. Who asks now finds the schema of before; a port that opens when the migration is done expected.");
            } finally {
                answers.set(true);
                unlocks.join();
            }
        }

        /** A connection's first question reads the catalogs too: the cheapest one of a few counts. */
        private void readsLittle(Lesson lesson) throws Exception {
            var seen = List.of(findsThem(lesson), findsThem(lesson), findsThem(lesson), findsThem(lesson)).stream()
                    .min(Comparator.comparing(Observation::buffers))
                    .orElseThrow();
            var all = pages(lesson, "orders");
            expect(
                    10 * seen.buffers() <= all,
                    "To find a few of %,d orders the database read %,d pages; the whole table has %,d, at most a tenth of that expected.",
                    lesson.market().count("orders"),
                    seen.buffers(),
                    all);
        }

        private Observation findsThem(Lesson lesson) throws Exception {
            var after = LocalDateTime.of(firstYear, 1, 1, 0, 0)
                    .plusSeconds(lesson.random().nextInt(190 * ORDERS));
            var before = after.plusSeconds(600);
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(lesson.get(BETWEEN.formatted(after, before))));
            var answer = replies.getFirst();
            expect(answer.status() == 200, "Orders between two times were answered %s; 200 expected.", answer);
            var served = answer.json().findValuesAsString("order_id");
            var stored = lesson.market().text("""
                    SELECT coalesce(string_agg(id::text, ',' ORDER BY order_time, id), '')
                      FROM orders
                     WHERE order_time BETWEEN '%s' AND '%s'
                    """.formatted(after, before));
            expect(
                    String.join(",", served).equals(stored),
                    "Orders between two times: the service found %s; the database holds %s.",
                    served,
                    stored);
            expect(
                    seen.texts("INDEX").isEmpty(),
                    "While a request for orders was answered, the server saw \"%s\"; only questions expected.",
                    String.join("; ", seen.texts("INDEX")).strip());
            return seen;
        }

        private void startsAgain(Lesson lesson) throws Exception {
            var before = indexes(lesson);
            var seen = lesson.during(() -> start(lesson, this::endedAgain));
            expect(
                    indexes(lesson) == before,
                    "After the first start orders had %d indexes, after the second %d; the same expected.",
                    before,
                    indexes(lesson));
            expect(
                    2 * seen.buffers() <= pages(lesson, "orders"),
                    "The second start read %,d pages, the whole table has %,d; what is there already needs no work.",
                    seen.buffers(),
                    pages(lesson, "orders"));
        }

        /** @param ended what is said of a service that has ended instead, from what it printed */
        private void start(Lesson lesson, Function<List<String>, String> ended) {
            try {
                lesson.restart(settings -> settings);
            } catch (WorkshopException e) {
                // Without its cause, which would say that the check could not look.
                throw new AssertionError(ended.apply(lesson.market().stage().output()));
            }
        }

        private String endedAtFirst(List<String> output) {
            var last = output.stream().filter(line -> !line.isBlank()).reduce("", (before, line) -> line.strip());
            return "At its first start, on a database whose table orders was locked for a moment, the service ended by itself; its last line was \"%s\". A service that answers expected."
                    .formatted(last);
        }

        private String endedAgain(List<String> output) {
            var errors = output.stream()
                    .filter(line -> line.contains("ERROR:"))
                    .map(line -> line.replaceAll("^.*(?=ERROR:)|  .*$", ""))
                    .findFirst();
            return "Started again, the service ended by itself"
                    + errors.map(error -> ": " + error).orElse(".")
                    + "\nA service is started many times, also on a database that it has seen before.";
        }

        private long indexes(Lesson lesson) {
            return lesson.market().query("SELECT count(*) FROM pg_indexes WHERE tablename = 'orders'");
        }
    }

    @Nested
    class Exercise5 {
        private static final int CUSTOMERS = 30_000;
        /** The first of those who are gone: a page goes on from where somebody was, too. */
        private static final int REMOVED = 5;
        /** Longer than the list is. */
        private static final String A_LONG_PAGE = "/api/customers?limit=2000000";

        /** Some rows lie elsewhere than their ids say, and some are gone. */
        private static final String SHUFFLE = """
                DELETE FROM customer WHERE id % 7 = 5;
                UPDATE customer SET name = name || '!' WHERE id % 5 = 1;
                ANALYZE customer;
                """;

        @Test
        void theLastPageCostsWhatTheFirstDoes(Lesson lesson) throws Exception {
            lesson.market().db().generate(CUSTOMERS, 0, lesson.random().nextInt(1_000_000));
            lesson.market().execute(SHUFFLE);
            var limit = 8 + lesson.random().nextInt(5);
            var first = page(lesson, limit, 0);
            var middle = page(lesson, limit, 1 + 7 * lesson.random().nextInt(CUSTOMERS / 14)); // one that is there
            var last = page(lesson, limit, CUSTOMERS - 200 + lesson.random().nextInt(100));
            var most = Math.max(middle, last);
            expect(
                    most <= 3 * first + 20,
                    "For the first page of %d customers the database read %d pages of its own, for a later one %,d; about as many expected.",
                    limit,
                    first,
                    most);
            expect(
                    4 * first <= pages(lesson, "customer"),
                    "For the first page of %d customers the database read %,d pages of its own, the whole table has %,d; at most a quarter of that expected.",
                    limit,
                    first,
                    pages(lesson, "customer"));
            page(lesson, limit, REMOVED + 7 * lesson.random().nextInt(1000));
            page(lesson, 0, CUSTOMERS - 10);
            page(lesson, 0, CUSTOMERS - 5000);
            page(lesson, 0, 0);
            nobodyComesAfterTheLast(lesson);
            whatMakesNoSenseIsRefused(lesson);
            aLongPageIsAStreamToo(lesson);
        }

        private void nobodyComesAfterTheLast(Lesson lesson) {
            for (var query : List.of("after_id=" + 2 * CUSTOMERS, "limit=5&after_id=" + Integer.MAX_VALUE)) {
                var answer = lesson.get("/api/customers?" + query);
                expect(
                        answer.status() == 200 && answer.body().strip().equals("[]"),
                        "GET /api/customers?%s, after which there is nobody, was answered %s; 200 with [] expected.",
                        query,
                        answer);
            }
        }

        private void aLongPageIsAStreamToo(Lesson lesson) {
            lesson.market().execute(Exercise3.LONG_NAMES.formatted(Exercise3.ROWS));
            var stream = new Exercise3();
            lesson.restart(settings -> settings.and(Exercise3.HEAP, "-Xmn16m", "-XX:+ExitOnOutOfMemoryError"));
            stream.inTime(A_LONG_PAGE, () -> stream.passes(lesson, A_LONG_PAGE, "customer"));
        }

        private void whatMakesNoSenseIsRefused(Lesson lesson) {
            for (var query :
                    List.of("limit=0", "limit=many", "after_id=-1", "limit=5&after_id=x", "limit=5&colour=red")) {
                var answer = lesson.get("/api/customers?" + query);
                expect(
                        answer.status() == 400,
                        "GET /api/customers?%s was answered %d; 400 expected.",
                        query,
                        answer.status());
            }
        }

        /**
         * @param limit 0 for none
         * @param afterId 0 for none
         * @return how many pages of 8 KiB the database read for it
         */
        private long page(Lesson lesson, int limit, int afterId) throws Exception {
            var query = (limit == 0 ? "" : "?limit=" + limit)
                    + (afterId == 0 ? "" : (limit == 0 ? "?" : "&") + "after_id=" + afterId);
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(lesson.get("/api/customers" + query)));
            var answer = replies.getFirst();
            expect(answer.status() == 200, "GET /api/customers%s was answered %s; 200 expected.", query, answer);
            var ids = new ArrayList<String>();
            answer.json().forEach(customer -> ids.add(customer.path("id").asString()));
            var stored =
                    List.of(lesson.market().text("""
                    SELECT string_agg(id::text, ',' ORDER BY id)
                      FROM (SELECT id FROM customer WHERE id > %d ORDER BY id LIMIT NULLIF(%d, 0)) AS page
                    """.formatted(afterId, limit)).split(","));
            expect(
                    ids.equals(stored),
                    "GET /api/customers%s brought %d customers, %s; those after %d are %d, %s, by id.",
                    query,
                    ids.size(),
                    ends(ids),
                    afterId,
                    stored.size(),
                    ends(stored));
            expect(
                    seen.rows() <= 3L * stored.size(),
                    "A page of %d customers took %,d rows from the database; not many more than are shown expected.",
                    stored.size(),
                    seen.rows());
            return seen.buffers();
        }

        private String ends(List<String> ids) {
            return ids.isEmpty() ? "none" : "from " + ids.getFirst() + " to " + ids.getLast();
        }
    }

    @Nested
    // Hikari would log the failure in the place of the service.
    @StartedWith("-Dorg.slf4j.simpleLogger.log.com.zaxxer.hikari.pool.ProxyConnection=off")
    class Exercise6 {
        private static final Duration LIMIT = Duration.ofSeconds(60);
        private static final int ROWS = 12_000;

        private static final String NAMES_THAT_STAY_LONG = """
                UPDATE customer
                   SET name = (SELECT string_agg(md5(customer.id || '.' || n), '') FROM generate_series(1, 100) AS n)
                """;

        /** All of them fill Jetty's buffer of 32 KiB in JSON; half of them do not. */
        private static final String SMALL_ORDERS = """
                INSERT INTO orders (customer_id, order_time)
                SELECT 1 + n % 3, timestamp '2024-04-01' + n * interval '1 minute' FROM generate_series(1, 300) AS n;
                ANALYZE orders
                """;

        /** Bytes of the database's answer. */
        private static final int A_PART_OF_THEM = 6000;

        @Test
        void aStreamThatFailsDoesNotLookComplete(Lesson lesson) throws Exception {
            lesson.market()
                    .execute(Exercise3.LONG_NAMES.formatted(
                            ROWS + lesson.random().nextInt(1000)));
            for (var path : List.of("/api/customers", ALL_ORDERS)) {
                assertTimeoutPreemptively(
                        LIMIT,
                        () -> breaksOff(lesson, path, "identity", killed(lesson)),
                        () -> "GET %s, whose session was ended in the middle, did not end within %s."
                                .formatted(path, LIMIT));
            }
            assertTimeoutPreemptively(
                    LIMIT,
                    () -> breaksOff(lesson, "/api/customers", "identity", cutOff(lesson)),
                    () -> "A list, whose line to the database was cut in the middle, did not end within %s."
                            .formatted(LIMIT));
            lesson.market().execute(NAMES_THAT_STAY_LONG);
            assertTimeoutPreemptively(
                    LIMIT,
                    () -> breaksOff(lesson, "/api/customers", "gzip", killed(lesson)),
                    () -> "A compressed list, whose session was ended in the middle, did not end within %s."
                            .formatted(LIMIT));
            whoHangsUpIsNoError(lesson);
            assertTimeoutPreemptively(
                    LIMIT,
                    () -> breaksOff(lesson, ALL_ORDERS, "identity", unreadable(lesson)),
                    () -> "A list with a price that is no number did not end within %s.".formatted(LIMIT));
            whatCannotBeginIsAnOrdinaryProblem(lesson);
            whatHasNotLeftIsNotSent(lesson);
        }

        /**
         * What becomes of a list after its first bytes have left.
         *
         * @param what such as "the database ended the session"
         * @param word what the log has to say of it; nothing when any word will do
         */
        private record Failure(String what, Runnable strike, String word) {}

        private Failure killed(Lesson lesson) {
            // Windows may discard what came before the connection was reset.
            var word = System.getProperty("os.name").startsWith("Windows") ? "" : "terminating connection";
            return new Failure(
                    "the database ended the session", () -> lesson.faults().killSessions(), word);
        }

        /** Of this the driver has an IOException, too, as of a client who has gone. */
        private Failure cutOff(Lesson lesson) {
            return new Failure(
                    "the line to the database was cut", () -> lesson.relay().cutAfter(1), "");
        }

        /** Late in the list something has a price that no BigDecimal holds: a failure that need not be the driver's. */
        private Failure unreadable(Lesson lesson) {
            lesson.market().execute("""
                    WITH odd AS (INSERT INTO item (name, price) VALUES ('Odd', 'NaN') RETURNING id)
                    UPDATE order_items SET item_id = (SELECT id FROM odd) WHERE order_id = %d
                    """.formatted(ROWS));
            return new Failure("the service met a price that is no number", () -> {}, "");
        }

        private void breaksOff(Lesson lesson, String path, String encoding, Failure failure) throws Exception {
            var request = "GET " + path.replaceFirst("\\?.*", "")
                    + (encoding.equals("identity") ? "" : " by a client that takes " + encoding);
            var asked = lesson.market().request(path).header("Accept-Encoding", encoding);
            try (var body = lesson.market().open(asked.build())) {
                // Compressed bytes are in no character set; this one keeps them as they are.
                var first = new String(body.readNBytes(100_000), StandardCharsets.ISO_8859_1);
                expect(
                        lesson.witness().awaitLastingTransactions(A_WHILE) == 1,
                        "%s: a client had read the first 100,000 bytes, and the database was no longer at work on the list; a stream expected (exercise 4.3).",
                        request);
                lesson.market().stage().forgetOutput();
                failure.strike().run();
                var rest = rest(body);
                lesson.faults().off();
                expect(
                        rest == null,
                        "%s: %s after some rows. The client saw status 200 and %s; a broken connection expected.",
                        request,
                        failure.what(),
                        rest == null
                                ? ""
                                : isJson(first + rest)
                                        ? "a list that looks complete"
                                        : "an answer with a proper end"
                                                + (encoding.equals("gzip") ? "" : ", though what is in it is no JSON"));
            }
            expect(
                    await(SOON, () -> said(lesson, failure.word()).isPresent()),
                    "%s: %s after some rows, and the log does not say so%s. Nobody else hears of it.",
                    request,
                    failure.what(),
                    failure.word().isEmpty() ? "" : " (\"" + failure.word() + "\")");
            expect(
                    await(SOON, () -> said(lesson, "\tat ").isPresent()),
                    "%s: %s after some rows, and the log has no stack trace that says where.",
                    request,
                    failure.what());
            awaitAnswer(lesson, "/api/order_total?order_id=1");
        }

        /** @return the first line of those that the service has printed lately with {@code words} in it */
        private Optional<String> said(Lesson lesson, String words) {
            return lesson.market().stage().output().stream()
                    .filter(line -> line.contains(words))
                    .findFirst();
        }

        private void whoHangsUpIsNoError(Lesson lesson) throws Exception {
            for (var path : List.of("/api/customers", ALL_ORDERS)) {
                lesson.market().stage().forgetOutput();
                hangUp(lesson, path);
                lesson.witness().awaitSessionsAtWork(sessions -> sessions == 0, SOON);
                await(A_WHILE, () -> said(lesson, "\tat ").isPresent());
                expect(
                        said(lesson, "\tat ").isEmpty(),
                        "GET %s: the client hung up in the middle, as clients do, and the log has a stack trace: \"%s\". It is no fault of the service; no trace expected.",
                        path.replaceFirst("\\?.*", ""),
                        said(lesson, "").orElse(""));
            }
        }

        /** Whom the database has cut off may say 503 until the pool has noticed. */
        private Reply awaitAnswer(Lesson lesson, String path) {
            return Awaitility.await("an answer after the sessions were ended")
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> lesson.getAsync(path)
                                    .exceptionally(unanswered -> null)
                                    .join(),
                            answer -> answer != null && answer.status() != 503);
        }

        /** @return what came until the answer's end; null when the connection broke */
        private String rest(InputStream body) {
            try {
                return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException broken) {
                return null;
            }
        }

        private boolean isJson(String text) {
            try {
                Reply.json(text);
                return true;
            } catch (AssertionError e) {
                return false;
            }
        }

        private void whatCannotBeginIsAnOrdinaryProblem(Lesson lesson) throws Exception {
            lesson.faults().lock("customer");
            var waiting = lesson.getAsync("/api/customers");
            // Not just any session at work: the pool is still opening connections in place of the dead.
            await(SOON, () -> lesson.faults().killOneAtWork("customer"));
            isProblem("whose session was ended before the first row", answer(waiting), 503);
            lesson.faults().off();
            lesson.market().execute("ALTER TABLE customer RENAME name TO gone");
            for (var path : List.of("/api/customers", ALL_ORDERS)) {
                isProblem("of a table without the column", awaitAnswer(lesson, path), 500);
            }
        }

        /** Rows wait in a buffer for their packet to fill: whoever answers then must not send them along. */
        private void whatHasNotLeftIsNotSent(Lesson lesson) {
            lesson.market().db().reset();
            awaitAnswer(lesson, "/api/order_total?order_id=1");
            lesson.market().execute(SMALL_ORDERS);
            lesson.relay().cutAfter(A_PART_OF_THEM);
            var waiting = lesson.getAsync(ALL_ORDERS);
            try {
                var answer = waiting.join();
                isProblem("whose connection to the database broke after some rows", answer, 503);
                expect(
                        isJson(answer.body()),
                        "A list whose connection to the database broke after some rows, before anything had left, was answered 503 with a body that is no JSON, because the rows are in it: %s…",
                        answer.body().substring(0, Math.min(60, answer.body().length())));
            } catch (CompletionException broken) {
                // Something had left already, and the client has seen that it was not all.
                expect(
                        !(broken.getCause() instanceof HttpTimeoutException),
                        "A list whose connection to the database broke after some rows was neither answered nor broken off.");
            }
        }

        private Reply answer(CompletableFuture<Reply> waiting) {
            try {
                return waiting.orTimeout(20, TimeUnit.SECONDS).join();
            } catch (CompletionException e) {
                throw new AssertionError(
                        "A list whose session was ended before the first row was not answered; 503 application/problem+json expected.",
                        e);
            }
        }

        private void isProblem(String which, Reply answer, int status) {
            expect(
                    answer.status() == status && answer.header("Content-Type").startsWith("application/problem+json"),
                    "A list %s was answered %s; %d application/problem+json expected.",
                    which,
                    answer,
                    status);
        }
    }

    @Nested
    class Exercise7 {
        private static final int ITEMS_PER_STATEMENT = 20;
        /** About as many as a request holds; with two parameters for each, more than a statement takes. */
        private static final int MOST = 33_000;

        @Test
        void manyItemsAreFewStatements(Lesson lesson) throws Exception {
            lesson.market().db().generate(0, 1, lesson.random().nextInt(1_000_000));
            var count = 500 + lesson.random().nextInt(400);
            var first = stored(lesson, 1, items(lesson, 1, count, 1_000_000));
            var second = stored(lesson, 2, items(lesson, 3, count, 1_000_000));
            expect(
                    first.texts("order_items").equals(second.texts("order_items")),
                    "Two orders of %d items each reached the server as different statements; one and the same text expected, with the values apart.",
                    count);
            stored(lesson, 3, items(lesson, 1, 1, 9));
            refused(lesson, items(lesson, 1, count, 9));
            lesson.market()
                    .execute("INSERT INTO item (name, price) SELECT 'Item ' || n, 1 FROM generate_series(1, %d) AS n"
                            .formatted(MOST));
            stored(lesson, 1, items(lesson, 1, MOST, 9));
        }

        private List<String> items(Lesson lesson, int from, int count, int most) {
            return new ArrayList<>(IntStream.range(from, from + count)
                    .mapToObj(id -> "{\"id\": %d, \"quantity\": %d}"
                            .formatted(id, 1 + lesson.random().nextInt(most)))
                    .toList());
        }

        private String order(int customer, List<String> items) {
            return items.stream().collect(joining(", ", "{\"customer_id\": " + customer + ", \"items\": [", "]}"));
        }

        private Observation stored(Lesson lesson, int customer, List<String> items) throws Exception {
            var replies = new ArrayList<Reply>();
            var seen = lesson.during(() -> replies.add(lesson.post("/api/add_new_order", order(customer, items))));
            var answer = replies.getFirst();
            expect(answer.status() == 201, "An order of %d items was answered %s; 201 expected.", items.size(), answer);
            var statements = seen.statements("order_items").size();
            // By way of a table of one's own it is three, however many there are.
            var atMost = 3 + items.size() / ITEMS_PER_STATEMENT;
            expect(
                    statements <= atMost,
                    "The %d items of an order were stored by %d statements; at most %d expected.",
                    items.size(),
                    statements,
                    atMost);
            expect(
                    questions(seen) <= atMost + 5,
                    "An order of %d items took %d statements, those for its items included; at most %d expected.",
                    items.size(),
                    questions(seen),
                    atMost + 5);
            inOneTransaction(items.size(), seen);
            var lines = lesson.market()
                    .text("""
                    SELECT coalesce(string_agg(format('{"id": %%s, "quantity": %%s}', item_id, quantity), ', ' ORDER BY item_id), '')
                      FROM order_items
                     WHERE order_id = %d
                    """.formatted(answer.json().path("order_id").intValue()));
            expect(
                    lines.equals(String.join(", ", items)),
                    "An order of %d items was answered 201, and is not stored as it was sent.",
                    items.size());
            return seen;
        }

        private void inOneTransaction(int items, Observation seen) {
            var storing = seen.transactions().stream()
                    .filter(transaction -> transaction.mentions("INSERT") || transaction.mentions("order_items"))
                    .toList();
            expect(
                    storing.size() == 1
                            && List.of(Outcome.COMMITTED, Outcome.AUTOCOMMIT)
                                    .contains(storing.getFirst().outcome()),
                    "An order of %d items was stored by %d transactions; 1 expected, committed.\nThe server saw:\n%s",
                    items,
                    storing.size(),
                    seen.outline());
        }

        private void refused(Lesson lesson, List<String> items) {
            var orders = lesson.market().count("orders");
            var lines = lesson.market().count("order_items");
            var missing = 90_000 + lesson.random().nextInt(10_000);
            items.set(
                    items.size() - 1 - lesson.random().nextInt(items.size() / 2),
                    "{\"id\": %d, \"quantity\": 1}".formatted(missing));
            var answer = lesson.post("/api/add_new_order", order(1, items));
            expect(
                    answer.status() == 422 && answer.body().contains(Integer.toString(missing)),
                    "An order of %d items, one of which (%d) does not exist, was answered %s; 422 that names it expected.",
                    items.size(),
                    missing,
                    answer);
            expect(
                    lesson.market().count("orders") == orders && lesson.market().count("order_items") == lines,
                    "An order that was refused left %d row in orders and %d in order_items; 0 and 0 expected.",
                    lesson.market().count("orders") - orders,
                    lesson.market().count("order_items") - lines);
        }
    }
}
