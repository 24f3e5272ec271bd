package marketsvc;

import static java.util.stream.Collectors.joining;
import static workshop.contract.Market.encoded;
import static workshop.lesson.Lesson.answer;
import static workshop.lesson.Lesson.expect;
import static workshop.lesson.Lesson.expectOneTransaction;
import static workshop.lesson.Lesson.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import workshop.contract.Reply;
import workshop.lesson.Lesson;
import workshop.stage.StageExtension;
import workshop.witness.Observation;
import workshop.witness.Transaction.Outcome;
import workshop.witness.Witness;

/** What PostgreSQL has to see of step 1, a class for each exercise. */
@Tag("lesson")
@ExtendWith(StageExtension.class)
class LessonTest {
    private static final String NEW_ORDER = "/api/add_new_order";

    @Nested
    class Exercise1 {
        private static final int REQUESTS = 8;
        /** How many connections for a request are still one for each of its questions, and not one for each row. */
        private static final int MOST = 2;

        private static final Duration A_SESSION_TAKES_TO_END = Duration.ofSeconds(2);
        private static final Duration LATENCY = Duration.ofMillis(10);
        private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
        /** Other exercises ask what these requests are answered; a connection has to be closed in any case. */
        private static final int WHATEVER = 0;

        @Test
        void noRequestLeavesItsConnectionOpen(Lesson lesson) throws Exception {
            lesson.market().db().generate(20, 60, lesson.random().nextInt(1_000_000));
            for (var path : List.of("/api/orders?cust_id=%d", "/api/customers")) {
                closesEachConnection(lesson, 200, "GET " + path, id -> lesson.get(path.formatted(id)));
            }
            requestsAtOnceShareNone(lesson);
            for (var path : List.of(
                    "/api/order_total?order_id=%d", "/api/orders_between_dates?after=2024-03-%02d&before=2024-04-01")) {
                closesEachConnection(lesson, WHATEVER, "GET " + path, id -> lesson.get(path.formatted(id)));
            }
            closesEachConnection(lesson, WHATEVER, "an order", id -> lesson.post(NEW_ORDER, order(id, 1, 2)));
            for (var path : List.of("/api/orders?cust_id=9900%02d", "/api/order_total?order_id=9900%02d")) {
                closesEachConnection(lesson, 404, "GET " + path, id -> lesson.get(path.formatted(id)));
            }
            closesEachConnection(
                    lesson, WHATEVER, "an order of item 9999", id -> lesson.post(NEW_ORDER, order(id, 1, 9999)));
            // Nothing that the database refuses: a service that reads the price has no number to multiply.
            lesson.market().execute("ALTER TABLE item ALTER price DROP NOT NULL; UPDATE item SET price = NULL");
            for (var path : List.of("/api/orders?cust_id=%d", "/api/order_total?order_id=%d")) {
                closesEachConnection(
                        lesson,
                        WHATEVER,
                        "GET " + path + " while no item has a price",
                        id -> lesson.get(path.formatted(1 + id % 3)));
            }
            lesson.market().execute("ALTER TABLE order_items RENAME item_id TO gone");
            for (var path : List.of("/api/orders?cust_id=%d", "/api/order_total?order_id=%d")) {
                // The first three customers have orders, whose lines cannot be read any more.
                closesEachConnection(
                        lesson,
                        500,
                        "GET " + path + " while this check has renamed a column",
                        id -> lesson.get(path.formatted(1 + id % 3)));
            }
        }

        /** Under latency they overlap: whoever keeps a connection where another request finds it closes another's. */
        private void requestsAtOnceShareNone(Lesson lesson) throws Exception {
            var before = lesson.witness().openSessions();
            lesson.relay().latency(LATENCY);
            var answers = IntStream.rangeClosed(1, REQUESTS)
                    .mapToObj(id -> lesson.getAsync("/api/orders?cust_id=" + id))
                    .toList();
            var statuses = new TreeSet<Integer>();
            for (var answer : answers) {
                statuses.add(answer(answer, ANSWER_LIMIT, "GET /api/orders, one of several at once,")
                        .status());
            }
            lesson.relay().off();
            var left = lesson.witness().awaitOpenSessions(open -> open <= before, A_SESSION_TAKES_TO_END) - before;
            expect(
                    left <= 0,
                    "%d requests (GET /api/orders?cust_id=…), all at once, left %d connections open on the server; 0 expected.",
                    REQUESTS,
                    left);
            expect(
                    statuses.equals(Set.of(200)),
                    "%d requests (GET /api/orders?cust_id=…), all at once, were answered %s; 200 expected.",
                    REQUESTS,
                    statuses.stream().map(String::valueOf).collect(joining(" or ")));
        }

        /** @param status what the requests have to be answered, unless it is {@link #WHATEVER} */
        private void closesEachConnection(Lesson lesson, int status, String kind, IntFunction<Reply> request)
                throws Exception {
            var name = kind.replaceAll("%0?2?d", "…");
            var before = lesson.witness().openSessions();
            var statuses = new TreeSet<Integer>();
            var seen = lesson.during(() -> {
                for (var i = 0; i < REQUESTS; i++) {
                    var answer = request.apply(1 + lesson.random().nextInt(20));
                    expect(
                            status == WHATEVER || answer.status() == status,
                            "%s was answered %s; %d expected.",
                            name,
                            answer,
                            status);
                    statuses.add(answer.status());
                }
            });
            var more = lesson.witness()
                            .awaitOpenSessions(
                                    open -> open <= before || open - before > REQUESTS / 2, A_SESSION_TAKES_TO_END)
                    - before;
            expect(
                    seen.sessionsOpened() >= REQUESTS && seen.sessionsOpened() <= MOST * REQUESTS,
                    "%d requests (%s) opened %d connections; step 1 opens one for each.",
                    REQUESTS,
                    name,
                    seen.sessionsOpened());
            // Both, because the driver closes what the garbage collector finds, some day.
            var left = Math.max(more, seen.peakSessions() > REQUESTS / 2 ? seen.peakSessions() : 0);
            expect(
                    left == 0,
                    "%d requests answered %s, one after the other, left %d connections open on the server; 0 expected.\nThey were: %s",
                    REQUESTS,
                    statuses.stream().map(String::valueOf).collect(joining(" or ")),
                    left,
                    name);
        }
    }

    @Nested
    class Exercise2 {
        private static final String PATH = "/api/orders_between_dates?after=%s&before=%s";
        private static final int PAIRS = 20;
        /** The service's clock has no such hour, and an order's time is no matter of clocks, nor of seconds. */
        private static final LocalDateTime SKIPPED_IN_BERLIN = LocalDateTime.of(2024, 3, 31, 2, 30, 0, 250_000_000);

        private static final String AT_ONE_TIME = """
                INSERT INTO orders (customer_id, order_time)
                SELECT 1, timestamp '2024-03-31 02:30:00.25' FROM generate_series(1, 3);
                UPDATE orders SET customer_id = 2 WHERE id = (SELECT max(id) - 2 FROM orders);
                """;

        @Test
        void valuesTravelApartFromTheStatement(Lesson lesson) throws Exception {
            hostileTextNeverBecomesPartOfIt(lesson);
            allDatesShareOne(lesson);
            aRangeGoesForwards(lesson, "2024-03-22", "2024-03-14");
            aRangeGoesForwards(lesson, "2024-03-22T10:30:00.000001", "2024-03-22T10:30:00");
        }

        private void aRangeGoesForwards(Lesson lesson, String after, String before) {
            var reversed = lesson.get(PATH.formatted(after, before));
            expect(
                    reversed.status() == 400,
                    "An after of %s, later than its before of %s, was answered %d; 400 expected.",
                    after,
                    before,
                    reversed.status());
            expect(
                    reversed.json().path("detail").asString().contains("after"),
                    "An after of %s, later than its before of %s, was answered %s; a detail that names the parameter expected.",
                    after,
                    before,
                    reversed);
        }

        private void hostileTextNeverBecomesPartOfIt(Lesson lesson) throws Exception {
            var mark = "zx" + lesson.random().nextInt(1_000_000);
            for (var hostile : List.of(
                    "2024-01-01' OR '" + mark + "'='" + mark,
                    "2024-01-01'; DELETE FROM order_items; --" + mark,
                    "2024-01-01\\'; DELETE FROM order_items; --" + mark,
                    "2024-01-01'/**/UNION/**/SELECT/**/'" + mark,
                    // What PostgreSQL's own reader takes, the contract does not.
                    "infinity",
                    "now")) {
                for (var path : List.of(
                        PATH.formatted(encoded(hostile), "2024-01-02"),
                        PATH.formatted("2024-01-01", encoded(hostile)))) {
                    var lines = lesson.market().count("order_items");
                    var replies = new ArrayList<Reply>();
                    var seen = lesson.during(() -> replies.add(lesson.get(path)));
                    expect(
                            seen.statements(mark).isEmpty(),
                            "The date \"%s\" became part of the statement that the server executed%s.",
                            hostile.replace(mark, "x"),
                            lesson.market().count("order_items") < lines ? ", and it deleted rows" : "");
                    var status = replies.getFirst().status();
                    expect(
                            status == 400,
                            "The date \"%s\", which is none, was answered %d; 400 expected.",
                            hostile.replace(mark, "x"),
                            status);
                }
            }
        }

        private void allDatesShareOne(Lesson lesson) throws Exception {
            lesson.market().db().generate(10, 200, lesson.random().nextInt(1_000_000));
            lesson.market().execute(AT_ONE_TIME);
            var seen = lesson.during(() -> {
                findsTheOrders(lesson, SKIPPED_IN_BERLIN, SKIPPED_IN_BERLIN);
                for (var pair = 1; pair < PAIRS; pair++) {
                    // No two alike, so that each would be a statement of its own.
                    var after = LocalDate.of(2024, 1, 1)
                            .plusDays(10 * pair + lesson.random().nextInt(10));
                    findsTheOrders(
                            lesson, after, after.plusDays(1 + lesson.random().nextInt(30)));
                }
            });
            var asked = seen.statements("order_time");
            expect(
                    asked.size() >= PAIRS,
                    "%d requests for orders between dates: the server saw %d statements about order_time; %d expected.",
                    PAIRS,
                    asked.size(),
                    PAIRS);
            var texts = seen.texts("order_time");
            expect(
                    texts.size() * PAIRS <= asked.size(),
                    "%d pairs of dates reached the server as %d different statements; 1 expected, with the dates apart from it.\nOne of them: …%s",
                    PAIRS,
                    texts.size(),
                    asked.getFirst()
                            .sql()
                            .replaceAll("(?s)^.*(?i:where)", "WHERE")
                            .replaceAll("\\s+", " "));
            expect(
                    asked.stream().noneMatch(statement -> statement.parameters().isEmpty()),
                    "The statements about order_time carried no values; the dates expected, so that the server can choose the rows.");
        }

        private void findsTheOrders(Lesson lesson, Temporal after, Temporal before) {
            var answer = lesson.get(PATH.formatted(after, before));
            expect(answer.status() == 200, "Orders between %s and %s were answered %s.", after, before, answer);
            var served = answer.json().findValuesAsString("order_id");
            var stored = lesson.market().text("""
                    SELECT coalesce(json_agg(id::text ORDER BY order_time, id), '[]')
                      FROM orders
                     WHERE order_time BETWEEN '%s' AND '%s'
                    """.formatted(after, before));
            var expected =
                    Reply.json(stored).valueStream().map(JsonNode::stringValue).toList();
            expect(
                    served.equals(expected),
                    "Orders between %s and %s: the service found %d, the database holds %d; the same expected, in the same order.",
                    after,
                    before,
                    served.size(),
                    expected.size());
        }
    }

    @Nested
    class Exercise3 {
        @Test
        void anOrderIsStoredWholeOrNotAtAll(Lesson lesson) throws Exception {
            leavesNothingBehindWhenItFails(lesson);
            isOneTransactionWhenItSucceeds(lesson);
            isNotTheClientsFaultWhateverHappens(lesson);
        }

        private void leavesNothingBehindWhenItFails(Lesson lesson) throws Exception {
            var market = lesson.market();
            var told = lesson.courier().orders();
            for (var bad : List.of(order(2, 1, 2, 77), order(1, 77), order(3, 1, 2, 3, 4, 99_999))) {
                var orders = market.count("orders");
                var lines = market.count("order_items");
                var replies = new ArrayList<Reply>();
                var seen = lesson.during(() -> replies.add(lesson.post(NEW_ORDER, bad)));
                var answer = replies.getFirst();
                expect(
                        market.count("orders") == orders && market.count("order_items") == lines,
                        "An order with an item that does not exist was answered %d and left %d row in orders and %d in order_items; 0 and 0 expected.%s",
                        answer.status(),
                        market.count("orders") - orders,
                        market.count("order_items") - lines,
                        answer.status() == 201 ? " Were its items sent to the database at all?" : "");
                expect(
                        answer.status() == 422,
                        "An order with an item that does not exist was answered %s; 422 expected.",
                        answer);
                expect(
                        seen.transactions().stream()
                                .noneMatch(transaction -> transaction.outcome() == Outcome.COMMIT_REFUSED),
                        "An order whose item was refused was committed all the same; a rollback expected.");
            }
            expect(
                    lesson.courier().orders().equals(told),
                    "The courier was told of an order that was refused; only of stored ones expected, as before.");
        }

        private void isOneTransactionWhenItSucceeds(Lesson lesson) throws Exception {
            for (var customer : List.of(1, 2, 3)) {
                var seen = lesson.during(() -> {
                    var answer = lesson.post(NEW_ORDER, order(customer, 1, 2, 4));
                    expect(answer.status() == 201, "An order of 3 items was answered %s; 201 expected.", answer);
                    expect(
                            told(lesson, answer) == 1,
                            "The courier was told of the new order %d times; once expected, as before.",
                            told(lesson, answer));
                });
                expectOneTransaction("An order of 3 items", seen);
            }
        }

        private void isNotTheClientsFaultWhateverHappens(Lesson lesson) {
            var market = lesson.market();
            market.execute("ALTER TABLE order_items ADD CONSTRAINT odd CHECK (item_id <> 3 OR quantity < 2) NOT VALID");
            var orders = market.count("orders");
            var answer = lesson.post(NEW_ORDER, order(1, 1, 3, 4));
            expect(
                    answer.status() >= 400 && answer.status() != 422,
                    "An order of existing items that the database refuses halfway was answered %d; 500 expected, as before.",
                    answer.status());
            expect(
                    market.count("orders") == orders,
                    "An order that the database refuses halfway left %d row in orders; 0 expected.",
                    market.count("orders") - orders);
        }

        private int told(Lesson lesson, Reply answer) {
            return Collections.frequency(
                    lesson.courier().orders(), answer.json().path("order_id").asInt());
        }
    }

    @Nested
    class Exercise4 {
        private static final Duration LATENCY = Duration.ofMillis(3);
        private static final int MORE_ROUND_TRIPS = 10;

        @Test
        void theItemsOfAnOrderTravelTogether(Lesson lesson) throws Exception {
            lesson.market().db().generate(0, 1, lesson.random().nextInt(1_000_000));
            var count = 190 + lesson.random().nextInt(20);
            // Under latency no answer overtakes the rest of a request: what travels together is counted once.
            lesson.relay().latency(LATENCY);
            var one = roundTrips(lesson, () -> isStored(lesson, 1, orderOf(3, 1)));
            var seen = new ArrayList<Observation>();
            var many = roundTrips(
                    lesson, () -> seen.add(lesson.during(() -> isStored(lesson, count, orderOf(1, items(1, count))))));
            expect(
                    many - one <= MORE_ROUND_TRIPS,
                    "An order of %d items took %d round trips to the database, an order of one item %d; at most %d more expected.",
                    count,
                    many,
                    one,
                    MORE_ROUND_TRIPS);
            var first = seen.getFirst();
            expectOneTransaction("An order of " + count + " items", first);
            var second = lesson.during(() -> isStored(lesson, count, orderOf(2, items(2, count))));
            expect(
                    second.texts("order_items").equals(first.texts("order_items"))
                            && first.statements("order_items").stream()
                                    .noneMatch(
                                            statement -> statement.parameters().isEmpty()
                                                    && !statement.sql().matches("(?is)\\s*COPY\\b.*")),
                    "Two orders of %d items each reached the server as different statements; one and the same text expected, with the values apart.",
                    count);
            thousandsAreRefusedTogether(lesson);
        }

        private void thousandsAreRefusedTogether(Lesson lesson) {
            var market = lesson.market();
            market.execute("INSERT INTO item (name, price) SELECT 'Item ' || n, 1 FROM generate_series(1, 3000) AS n");
            var orders = market.count("orders");
            var lines = market.count("order_items");
            var answer = lesson.post(
                    NEW_ORDER,
                    orderOf(
                            1,
                            IntStream.concat(IntStream.rangeClosed(1, 3000), IntStream.of(99_999))
                                    .toArray()));
            expect(
                    market.count("orders") == orders && market.count("order_items") == lines,
                    "An order of 3,001 items, the last of which does not exist, was answered %d and left %d row in orders and %d in order_items; 0 and 0 expected.",
                    answer.status(),
                    market.count("orders") - orders,
                    market.count("order_items") - lines);
            expect(
                    answer.status() == 422,
                    "An order of 3,001 items, the last of which does not exist, was answered %d; 422 expected, as before.",
                    answer.status());
        }

        private long roundTrips(Lesson lesson, Witness.Action action) throws Exception {
            var before = lesson.relay().roundTrips();
            action.run();
            return lesson.relay().roundTrips() - before;
        }

        private int[] items(int first, int count) {
            return IntStream.range(first, first + count).toArray();
        }

        /** Of neighbours in different quantities. */
        private String orderOf(int customer, int... items) {
            return order(customer, item -> 1 + item % 9, items);
        }

        private void isStored(Lesson lesson, int count, String order) {
            lesson.market().execute("DELETE FROM order_items");
            var answer = lesson.post(NEW_ORDER, order);
            expect(answer.status() == 201, "An order of %d items was answered %s; 201 expected.", count, answer);
            var stored = lesson.market().count("order_items");
            expect(stored == count, "Items of an order: %d sent, %d stored; all expected.", count, stored);
            var wrong = lesson.market().query("SELECT count(*) FROM order_items WHERE quantity <> 1 + item_id % 9");
            expect(
                    wrong == 0,
                    "Of %d items of an order %d were stored with another's quantity; 0 expected.",
                    count,
                    wrong);
        }
    }

    @Nested
    class Exercise5 {
        /** Prices and quantities of every size that the columns take, lines of the same amount, and orders without lines; %d is the seed. */
        private static final String RANDOM_ORDERS = """
                SELECT setseed(%d / 1000000.0);
                INSERT INTO item (name, price)
                SELECT 'Item ' || n, (random() * CASE n %% 2 WHEN 0 THEN 20 ELSE 99999999 END)::numeric(10, 2)
                  FROM generate_series(1, 996) AS n;
                INSERT INTO orders (customer_id, order_time)
                SELECT 1 + n %% 3, now() FROM generate_series(1, 2997) AS n;
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT o, 1 + (o * 7 + line * 211) %% 1000, 1 + floor(random() * CASE o %% 2 WHEN 0 THEN 20 ELSE 2147483646 END)::int
                  FROM generate_series(4, 3000) AS o, generate_series(1, 5) AS line
                 WHERE o %% 100 > 0;
                UPDATE item SET price = 2.50 WHERE id %% 4 = 0;
                UPDATE order_items SET quantity = 2 WHERE item_id %% 4 = 0;
                ANALYZE item, orders, order_items;
                """;

        private static final String EXACT_TOTALS = """
                SELECT string_agg(total::text, ' ' ORDER BY id)
                  FROM (SELECT orders.id, coalesce(sum(item.price * order_items.quantity), 0.00) AS total
                          FROM orders
                          LEFT JOIN order_items ON order_items.order_id = orders.id
                          LEFT JOIN item ON item.id = order_items.item_id
                         WHERE orders.id BETWEEN %d AND %d
                         GROUP BY orders.id) AS totals
                """;

        @Test
        void moneyIsExactToTheCent(Lesson lesson) {
            lineTotalsAreExact(lesson);
            orderTotalsAreExact(lesson);
            var unknown = lesson.get("/api/order_total?order_id=990017");
            expect(
                    unknown.status() == 404,
                    "The total of an order that does not exist was answered %s; 404 expected.",
                    unknown);
        }

        private void orderTotalsAreExact(Lesson lesson) {
            lesson.market().db().reset();
            lesson.market().execute(RANDOM_ORDERS.formatted(lesson.random().nextInt(1_000_000)));
            var first = 1 + lesson.random().nextInt(2000);
            var ids = IntStream.range(first, first + 1000)
                    .mapToObj(Integer::toString)
                    .collect(joining(","));
            var answer = lesson.get("/api/orders_total?orders=" + ids);
            expect(answer.status() == 200, "The totals of 1,000 orders were answered %s; 200 expected.", answer);
            var totals = answer.json();
            var exact = lesson.market()
                    .text(EXACT_TOTALS.formatted(first, first + 999))
                    .split(" ");
            var wrong = 0;
            var example = "";
            for (var i = 0; i < exact.length; i++) {
                var served = totals.path(i)
                        .path("total_cost")
                        .decimalValue(BigDecimal.ZERO)
                        .toPlainString();
                if (!served.equals(exact[i])) {
                    wrong++;
                    example = "order %d costs %s, the service says %s".formatted(first + i, exact[i], served);
                }
            }
            expect(
                    wrong == 0,
                    "The totals of %,d of 1,000 orders differ from the database's own; 0 expected.\nFor example, %s.",
                    wrong,
                    example);
        }

        private void lineTotalsAreExact(Lesson lesson) {
            for (var price : List.of("0.29", "10.50", "99999999.99")) {
                for (var quantity : List.of(1, 2_147_483_647)) {
                    lesson.market()
                            .execute("UPDATE item SET price = %s; UPDATE order_items SET quantity = %d"
                                    .formatted(price, quantity));
                    var exact = new BigDecimal(price)
                            .multiply(BigDecimal.valueOf(quantity))
                            .toPlainString();
                    var orders = lesson.get("/api/orders?cust_id=1").json();
                    var totals = orders.findValues("total");
                    expect(totals.size() == 3, "Customer 1 has 3 order lines, the service shows %d.", totals.size());
                    for (var total : totals) {
                        var served = total.decimalValue(BigDecimal.ZERO).toPlainString();
                        expect(
                                served.equals(exact),
                                "%,d times %s is %s; the service says %s.",
                                quantity,
                                price,
                                exact,
                                served);
                    }
                    for (var shown : orders.findValues("price")) {
                        var served = shown.decimalValue(BigDecimal.ZERO).toPlainString();
                        expect(served.equals(price), "An item costs %s; the service says %s.", price, served);
                    }
                }
            }
        }
    }
}
