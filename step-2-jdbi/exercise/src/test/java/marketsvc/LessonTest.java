package marketsvc;

import static workshop.lesson.Lesson.expect;
import static workshop.lesson.Lesson.expectOneTransaction;
import static workshop.lesson.Lesson.order;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workshop.contract.Reply;
import workshop.lesson.Difference;
import workshop.lesson.Lesson;
import workshop.stage.StageExtension;
import workshop.witness.Observation;
import workshop.witness.Witness;

/** What PostgreSQL has to see of step 2, a class for each exercise; and what it cannot see, in the compiled classes. */
@Tag("lesson")
@ExtendWith(StageExtension.class)
class LessonTest {
    private static final String NEW_ORDER = "/api/add_new_order";
    private static final Duration A_SESSION_TAKES_TO_END = Duration.ofSeconds(2);

    /**
     * Orders of customers 1 to 3, none of customer 4; %1$d makes them different in each run. Ids follow no order, two orders of
     * a customer share their time, one hour is none in Berlin, orders have 0 to 3 lines and one has 300, lines were stored from
     * the last item to the first, and two items may be alike but for their ids.
     */
    private static final String ODD_ORDERS = """
            DELETE FROM order_items;
            DELETE FROM orders;
            INSERT INTO customer (name, email, address_id) VALUES ('Dee', 'dee@example.com', 1);
            INSERT INTO item (name, price, description)
            SELECT 'Item ' || n / 2, (n / 2 * 7919 + %1$d) %% 10000 / 100.0, CASE WHEN n / 2 %% 3 > 0 THEN 'item ' || n / 2 END
              FROM generate_series(2, 301) AS n;
            INSERT INTO orders (id, customer_id, order_time) OVERRIDING SYSTEM VALUE
            SELECT 10 + (n * 7919 + %1$d) %% 99991, 1 + n %% 3, timestamp '2024-03-31 02:30' + (n / 6 - 10) * interval '1 hour'
              FROM generate_series(0, 119) AS n;
            INSERT INTO order_items (order_id, item_id, quantity)
            SELECT orders.id, 5 + (orders.id + line) %% 300, 1 + (orders.id + (orders.id + line) %% 300 / 2) %% 9
              FROM orders, generate_series(1, CASE WHEN orders.id = (SELECT max(id) FROM orders) THEN 300 ELSE orders.id %% 4 END) AS line
             ORDER BY 2 DESC;
            ANALYZE item, orders, order_items;
            """;

    /** Orders as the service shows them; %1$s chooses, %2$s orders. */
    private static final String ORDERS_AS_JSON = """
            SELECT coalesce(json_agg(json_build_object(
                       'order_id', orders.id,
                       'customer', json_build_object('name', customer.name),
                       'order_time', orders.order_time,
                       'items', (SELECT coalesce(json_agg(json_build_object(
                                            'name', item.name,
                                            'description', item.description,
                                            'price', item.price,
                                            'quantity', order_items.quantity,
                                            'total', item.price * order_items.quantity) ORDER BY item.id), '[]')
                                   FROM order_items
                                   JOIN item ON item.id = order_items.item_id
                                  WHERE order_items.order_id = orders.id)) ORDER BY %2$s), '[]')
              FROM orders
              JOIN customer ON customer.id = orders.customer_id
             WHERE %1$s
            """;

    private static int number(Lesson lesson) {
        return lesson.random().nextInt(1_000_000);
    }

    /** Sends one request and expects one connection for it, which is closed when it has been answered. */
    private static Observation onOneConnection(Lesson lesson, int status, String name, Supplier<Reply> request)
            throws Exception {
        return onOneConnection(lesson, name, () -> {
            var answer = request.get();
            expect(answer.status() == status, "%s was answered %d; %d expected.", name, answer.status(), status);
        });
    }

    private static Observation onOneConnection(Lesson lesson, String name, Witness.Action request) throws Exception {
        var before = lesson.witness().openSessions();
        var left = new long[1];
        var seen = lesson.during(() -> {
            request.run();
            left[0] = lesson.witness().awaitOpenSessions(open -> open <= before, A_SESSION_TAKES_TO_END) - before;
        });
        expect(
                seen.sessionsOpened() == 1 && left[0] <= 0,
                "%s: one request opened %d connections and left %d open on the server; 1 and 0 expected.",
                name,
                seen.sessionsOpened(),
                left[0]);
        return seen;
    }

    private static void closesWhenItFails(Lesson lesson, String path) throws Exception {
        lesson.market().execute("ALTER TABLE item RENAME price TO gone; ALTER TABLE address RENAME post_code TO gone");
        onOneConnection(
                lesson,
                500,
                "GET " + path.split("\\?")[0] + " while this check has renamed a column",
                () -> lesson.get(path));
        lesson.market().execute("ALTER TABLE item RENAME gone TO price; ALTER TABLE address RENAME gone TO post_code");
    }

    /** Expects what the database itself makes of {@code sql}, on one connection. */
    private static Observation servesWhatIsStored(Lesson lesson, String path, String sql) throws Exception {
        var name = "GET " + path.replaceFirst("([=,]\\d+)(,\\d+)+", "$1,…");
        var answers = new ArrayList<Reply>();
        var seen = onOneConnection(lesson, 200, name, () -> {
            answers.add(lesson.get(path));
            return answers.getFirst();
        });
        var stored = Reply.json(lesson.market().text(sql));
        var difference = Difference.between(answers.getFirst().json(), stored);
        expect(difference.isEmpty(), "%s differs from what the database holds: %s.", name, difference);
        return seen;
    }

    /** How many statements were asked, without those that only look something up in the catalog for a new connection. */
    private static long asked(Observation seen) {
        return seen.statements().stream()
                .filter(statement -> !statement.sql().contains("pg_catalog.")
                        || statement.sql().matches("(?is).*\\b(customer|orders|order_items|item)\\b.*"))
                .count();
    }

    /** Expects that values travelled apart: the same texts each time, with parameters, but for who asks for the next id. */
    private static void areTheSameStatements(String name, String table, List<Observation> seen) {
        var statements = seen.stream()
                .flatMap(one -> one.statements(table).stream())
                .filter(statement -> !statement.sql().matches("(?is).*\\b(nextval|currval|lastval)\\b.*"))
                .toList();
        expect(!statements.isEmpty(), "%s: the server saw no statement about %s.", name, table);
        var one = statements
                .getFirst()
                .sql()
                .replaceAll("(?s)^.*(?i:where)", "WHERE")
                .replaceAll("\\s+", " ")
                .replaceFirst("(.{78}).{8,}", "$1…");
        expect(
                seen.stream()
                        .allMatch(
                                some -> some.texts(table).equals(seen.getFirst().texts(table))),
                "%s reached the server as a different statement each time; one and the same text expected, with the values apart.\nOne of them: …%s",
                name,
                one);
        expect(
                statements.stream()
                        .noneMatch(statement -> statement.parameters().isEmpty()
                                && !statement.sql().matches("(?is)\\s*COPY\\b.*")),
                "%s reached the server without values; they are expected apart from the text.\nOne of the statements: …%s",
                name,
                one);
    }

    @Nested
    class Exercise1 {
        private static final int REQUESTS = 4;
        private static final String CUSTOMERS_AS_JSON = """
                SELECT json_agg(json_build_object(
                           'id', customer.id,
                           'name', customer.name,
                           'email', customer.email,
                           'address', json_build_object('flat_number', address.flat_number, 'post_code', address.post_code))
                           ORDER BY customer.id)
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                """;

        private static final String TOTALS_AS_JSON = """
                SELECT json_agg(json_build_object('order_id', asked.id, 'total_cost', coalesce(total, 0.00)) ORDER BY asked.place)
                  FROM unnest(ARRAY[%s]) WITH ORDINALITY AS asked (id, place)
                  LEFT JOIN (SELECT order_items.order_id, sum(item.price * order_items.quantity) AS total
                               FROM order_items
                               JOIN item ON item.id = order_items.item_id
                              GROUP BY order_items.order_id) AS sums ON sums.order_id = asked.id
                """;

        private static final String WITHOUT_LINES = """
                SELECT count(*)
                  FROM unnest(ARRAY[%s]) AS asked (id)
                 WHERE NOT EXISTS (SELECT FROM order_items WHERE order_id = asked.id)
                """;

        @Test
        void customersAndTotalsAreAskedThroughJdbi(Lesson lesson) throws Exception {
            lesson.market().db().generate(20, 200, number(lesson));
            customersAreThoseOfTheDatabase(lesson);
            totalsAreThoseOfTheDatabase(lesson);
            closesWhenItFails(lesson, "/api/customers");
            closesWhenItFails(lesson, "/api/order_total?order_id=1");
            lesson.code().expectJdbi("GET /api/customers", "Server.customers", "DbAccessor.customers");
            lesson.code().expectJdbi("GET /api/order_total", "Server.orderTotal", "DbAccessor.totalsOf");
        }

        private void customersAreThoseOfTheDatabase(Lesson lesson) throws Exception {
            servesWhatIsStored(lesson, "/api/customers", CUSTOMERS_AS_JSON);
            // In the heap a changed row comes last.
            lesson.market()
                    .execute("UPDATE customer SET name = 'O''Brien %d' WHERE id = %d"
                            .formatted(number(lesson), 1 + lesson.random().nextInt(20)));
            servesWhatIsStored(lesson, "/api/customers", CUSTOMERS_AS_JSON);
        }

        private void totalsAreThoseOfTheDatabase(Lesson lesson) throws Exception {
            var seen = new ArrayList<Observation>();
            for (var request = 0; request < REQUESTS; request++) {
                var id = 4 + lesson.random().nextInt(190);
                // In no order, one without lines (3), and one twice.
                var ids = "%d,1,%d,3,%d".formatted(id, id + 1, id);
                seen.add(servesWhatIsStored(lesson, "/api/orders_total?orders=" + ids, TOTALS_AS_JSON.formatted(ids)));
                var empty = lesson.market().query(WITHOUT_LINES.formatted(ids));
                expect(
                        asked(seen.getLast()) <= 5 + empty,
                        "The totals of 5 orders, %d of them without lines, took %d statements; at most %d expected: one for each, and one more for each without lines.",
                        empty,
                        asked(seen.getLast()),
                        5 + empty);
            }
            areTheSameStatements("The totals of 5 orders", "order_items", seen);
            // Lines of the same amount count as often as there are.
            lesson.market().execute("UPDATE item SET price = 2.50; UPDATE order_items SET quantity = 2");
            servesWhatIsStored(lesson, "/api/orders_total?orders=1,2,5", TOTALS_AS_JSON.formatted("1,2,5"));
            for (var path : List.of("/api/order_total?order_id=", "/api/orders_total?orders=1,2,")) {
                onOneConnection(
                        lesson,
                        404,
                        "GET " + path + "… of no such order",
                        () -> lesson.get(path + (990_000 + number(lesson))));
            }
            var unknown = lesson.get("/api/orders_total?orders=1,904,2,901,903,902");
            expect(
                    unknown.body().contains("904"),
                    "Totals of orders 904, 901, 903 and 902, which do not exist, were answered %s; 404 that names the first one asked expected.",
                    unknown);
            expect(
                    seen.stream()
                            .flatMap(one -> one.statements("orders").stream())
                            .noneMatch(statement -> statement.parameters().isEmpty()),
                    "The statement that looks for an order reached the server without values; its id expected apart from the text.");
        }
    }

    @Nested
    class Exercise2 {
        private static final Duration LATENCY = Duration.ofMillis(3);
        private static final int MORE_ROUND_TRIPS = 10;

        @Test
        void anOrderIsOneTransactionThroughJdbi(Lesson lesson) throws Exception {
            lesson.market().db().generate(0, 1, number(lesson));
            // The new order's id is neither the table's largest nor its last row's.
            lesson.market().execute("""
                    INSERT INTO orders (id, customer_id, order_time) OVERRIDING SYSTEM VALUE
                    VALUES (%d, 3, '2024-04-01')
                    """.formatted(1_000_000 + number(lesson)));
            var seen = new ArrayList<Observation>();
            for (var customer : List.of(1, 2, 3)) {
                seen.add(isStoredOnce(lesson, customer, items(customer, 3)));
            }
            areTheSameStatements("An order of 3 items", "orders", seen);
            leavesNothingBehindWhenItFails(lesson);
            itemsTravelTogether(lesson);
            lesson.code().expectJdbi("POST " + NEW_ORDER, "Server.addNewOrder", "DbAccessor.add");
        }

        /** Stores an order, and expects it whole, under the id that was answered, and the courier told. */
        private Observation isStoredOnce(Lesson lesson, int customer, int... items) throws Exception {
            var market = lesson.market();
            var orders = market.count("orders");
            var lines = market.count("order_items");
            var name = "An order of " + items.length + " items";
            var answers = new ArrayList<Reply>();
            var seen = onOneConnection(lesson, 201, name, () -> {
                // Of neighbours in different quantities.
                answers.add(lesson.post(NEW_ORDER, order(customer, item -> 1 + item % 9, items)));
                return answers.getFirst();
            });
            expectOneTransaction(name, seen);
            var id = answers.getFirst().json().path("order_id").asInt();
            expect(
                    market.query(
                                    "SELECT count(*) FROM orders WHERE order_time > '2025-01-01' AND customer_id = %d AND id = %d"
                                            .formatted(customer, id))
                            == 1,
                    "%s was answered as order %d, which is not the order that was stored just now.",
                    name,
                    id);
            var stored = market.query("""
                    SELECT count(*) FROM order_items
                     WHERE order_id = %d AND item_id BETWEEN %d AND %d AND quantity = 1 + item_id %% 9
                    """.formatted(id, items[0], items[items.length - 1]));
            expect(
                    stored == items.length
                            && market.count("order_items") == lines + items.length
                            && market.count("orders") == orders + 1,
                    "%s was answered as order %d, under which %d items are stored as they were ordered; all of them expected, and nothing under other orders.",
                    name,
                    id,
                    stored);
            var told = Collections.frequency(lesson.courier().orders(), id);
            expect(told == 1, "The courier was told of the new order %d times; once expected, as before.", told);
            return seen;
        }

        private void leavesNothingBehindWhenItFails(Lesson lesson) throws Exception {
            var told = lesson.courier().orders();
            for (var bad : List.of(order(2, 1, 2, 77_777), order(1, 77_777), order(77_777, 1, 2))) {
                isRefused(lesson, "An order that refers to nothing", bad);
            }
            var market = lesson.market();
            market.execute("ALTER TABLE order_items ADD CONSTRAINT odd CHECK (item_id <> 3 OR quantity < 2) NOT VALID");
            isRefused(lesson, "An order that the database refuses halfway", order(1, 1, 3, 4));
            market.execute("""
                    ALTER TABLE order_items DROP CONSTRAINT odd;
                    DELETE FROM order_items;
                    ALTER TABLE order_items ADD CONSTRAINT odd UNIQUE (order_id, quantity) DEFERRABLE INITIALLY DEFERRED;
                    """);
            isRefused(lesson, "An order that the database refuses at its commit", order(1, 1, 3, 4));
            market.execute("ALTER TABLE order_items DROP CONSTRAINT odd");
            var refused = new ArrayList<>(lesson.courier().orders());
            refused.removeAll(told);
            // What a commit refuses he hears of, as before: that is step 3's.
            expect(
                    refused.size() <= 1,
                    "Of 5 orders that were refused, the courier was told of %d; at most 1 expected, the one that its commit refused.",
                    refused.size());
        }

        private void isRefused(Lesson lesson, String name, String bad) throws Exception {
            var market = lesson.market();
            var orders = market.count("orders");
            var lines = market.count("order_items");
            onOneConnection(lesson, name, () -> {
                var answer = lesson.post(NEW_ORDER, bad);
                expect(
                        market.count("orders") == orders && market.count("order_items") == lines,
                        "%s was answered %d and left %d row in orders and %d in order_items; 0 and 0 expected.",
                        name,
                        answer.status(),
                        market.count("orders") - orders,
                        market.count("order_items") - lines);
                // Which failure it is makes no difference here.
                expect(answer.status() >= 400, "%s was answered %d; a failure expected.", name, answer.status());
            });
        }

        private void itemsTravelTogether(Lesson lesson) throws Exception {
            var count = 190 + lesson.random().nextInt(20);
            // Under latency no answer overtakes the rest of a request: what travels together is counted once.
            lesson.relay().latency(LATENCY);
            var one = roundTrips(lesson, () -> isStoredOnce(lesson, 3, 1));
            var seen = new ArrayList<Observation>();
            var many = roundTrips(lesson, () -> seen.add(isStoredOnce(lesson, 1, items(1, count))));
            lesson.relay().latency(Duration.ZERO);
            expect(
                    many - one <= MORE_ROUND_TRIPS,
                    "An order of %d items took %d round trips to the database, an order of one item %d; at most %d more expected.",
                    count,
                    many,
                    one,
                    MORE_ROUND_TRIPS);
            seen.add(isStoredOnce(lesson, 2, items(2, count)));
            areTheSameStatements("An order of " + count + " items", "order_items", seen);
        }

        private long roundTrips(Lesson lesson, Witness.Action action) throws Exception {
            var before = lesson.relay().roundTrips();
            action.run();
            return lesson.relay().roundTrips() - before;
        }

        private int[] items(int first, int count) {
            return IntStream.range(first, first + count).toArray();
        }
    }

    @Nested
    class Exercise3 {
        @Test
        void theOrdersOfACustomerAreOneStatement(Lesson lesson) throws Exception {
            lesson.market().execute(ODD_ORDERS.formatted(number(lesson)));
            var seen = new ArrayList<Observation>();
            for (var customer : List.of(1, 2, 3, 4)) {
                seen.add(takesOneStatement(lesson, customer));
            }
            lesson.market().execute("UPDATE item SET price = price + 1");
            seen.add(takesOneStatement(lesson, 1 + lesson.random().nextInt(3)));
            areTheSameStatements("The orders of a customer", "customer", seen);
            for (var nobody : List.of(77, 990_000 + number(lesson))) {
                onOneConnection(
                        lesson,
                        404,
                        "GET /api/orders of a customer who does not exist",
                        () -> lesson.get("/api/orders?cust_id=" + nobody));
            }
            closesWhenItFails(lesson, "/api/orders?cust_id=1");
            lesson.code().expectJdbi("GET /api/orders", "DbAccessor.ordersOf");
        }

        private Observation takesOneStatement(Lesson lesson, int customer) throws Exception {
            var path = "/api/orders?cust_id=" + customer;
            var seen = servesWhatIsStored(
                    lesson, path, ORDERS_AS_JSON.formatted("customer.id = " + customer, "orders.id"));
            var orders = lesson.market().query("SELECT count(*) FROM orders WHERE customer_id = " + customer);
            expect(
                    asked(seen) == 1,
                    "GET %s took %d statements for %d orders; 1 expected, for any number of orders and lines.",
                    path,
                    asked(seen),
                    orders);
            return seen;
        }
    }

    @Nested
    class Exercise4 {
        private static final LocalDateTime FIRST = LocalDateTime.of(2024, 3, 30, 16, 30);
        private static final String PATH = "/api/orders_between_dates?after=%s&before=%s";
        private static final int PAIRS = 5;

        @Test
        void theOrdersBetweenDatesAreDeclared(Lesson lesson) throws Exception {
            lesson.market().execute(ODD_ORDERS.formatted(number(lesson)));
            var seen = new ArrayList<Observation>();
            for (var pair = 0; pair < PAIRS; pair++) {
                // Bounds at which there are orders, the hour that is none in Berlin within them.
                var after = FIRST.plusHours(pair + lesson.random().nextInt(4));
                seen.add(findsTheOrders(
                        lesson, after, after.plusHours(8 + lesson.random().nextInt(4))));
            }
            seen.add(findsTheOrders(lesson, FIRST, LocalDateTime.of(2024, 3, 31, 2, 30)));
            seen.add(findsTheOrders(lesson, FIRST.plusYears(1), FIRST.plusYears(2)));
            areTheSameStatements("Orders between dates", "order_time", seen);
            areTheSameStatements(
                    "The lines of orders between dates",
                    "order_items",
                    seen.stream()
                            .filter(one -> !one.statements("order_items").isEmpty())
                            .toList());
            closesWhenItFails(lesson, PATH.formatted(FIRST, FIRST.plusHours(8)));
            lesson.code()
                    .expectSqlObject(
                            "GET /api/orders_between_dates", "Server.ordersBetween", "DbAccessor.ordersBetween");
        }

        private Observation findsTheOrders(Lesson lesson, LocalDateTime after, LocalDateTime before) throws Exception {
            var condition = "orders.order_time BETWEEN '%s' AND '%s'".formatted(after, before);
            var seen = servesWhatIsStored(
                    lesson,
                    PATH.formatted(after, before),
                    ORDERS_AS_JSON.formatted(condition, "orders.order_time, orders.id"));
            var orders = lesson.market().query("SELECT count(*) FROM orders WHERE " + condition);
            expect(
                    asked(seen) <= 1 + Math.max(1, orders),
                    "%d orders between dates took %d statements; at most one for each order and one for all expected.",
                    orders,
                    asked(seen));
            return seen;
        }
    }

    @Nested
    class Exercise5 {
        private static final String UNIQUE = "23505";
        private static final String FOREIGN_KEY = "23503";
        private static final String OTHER = "P0001";
        private static final Map<String, Integer> STATES = new TreeMap<>(Map.of(
                "08006", 503, "22003", 400, "40001", 503, "53300", 503, "55P03", 503, "57014", 504, "57P01", 503,
                "23514", 500));
        private static final String ORDER = order(1, 1, 3);
        private static final List<String> HIDDEN = List.of("customer", "item", "orders");

        /** What a trigger, and a view, need to fail with a SQLSTATE and words of their own. */
        private static final String REFUSE = """
                CREATE OR REPLACE FUNCTION lesson_refuse(state text, words text) RETURNS boolean LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = words, DETAIL = words;
                END $$;
                CREATE OR REPLACE FUNCTION lesson_refuse_row() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM lesson_refuse(TG_ARGV[0], TG_ARGV[1]);
                END $$;
                """;

        @Test
        void aFailureMeansWhatItsSqlStateSays(Lesson lesson) {
            lesson.market().execute(REFUSE);
            try {
                whatThereIsAlreadyIsAConflict(lesson);
                whatRefersToNothingCannotBeProcessed(lesson);
                wordsMeanNothing(lesson);
                isSoWhateverIsAsked(lesson);
                aDatabaseThatIsGoneIsUnavailable(lesson);
                otherStatesMeanWhatTheyDid(lesson);
            } finally {
                lesson.market().execute("DROP FUNCTION lesson_refuse, lesson_refuse_row CASCADE");
            }
        }

        private void whatThereIsAlreadyIsAConflict(Lesson lesson) {
            lesson.market().execute("CREATE UNIQUE INDEX lesson_unique ON orders (customer_id)");
            isAnswered(lesson, 409, "An order that breaks a unique index", order(2, 1, 2));
            lesson.market().execute("DROP INDEX lesson_unique");
            refusesWith(lesson, UNIQUE, 409);
        }

        private void whatRefersToNothingCannotBeProcessed(Lesson lesson) {
            isAnswered(lesson, 422, "An order of an item that does not exist", order(1, 2, 77));
            isAnswered(lesson, 422, "An order of a customer who does not exist", order(77, 2));
            refusesWith(lesson, FOREIGN_KEY, 422);
        }

        /** The same SQLSTATE from the order's insert, from its items', and from the commit. */
        private void refusesWith(Lesson lesson, String state, int status) {
            for (var when : List.of(
                    "BEFORE INSERT ON orders",
                    "BEFORE INSERT ON order_items",
                    "AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED")) {
                var name = "An order that fails with SQLSTATE %s (%s)"
                        .formatted(state, when.contains("DEFERRED") ? "at its commit" : when.toLowerCase(Locale.ROOT));
                whileItFails(
                        lesson, when, state, "lesson " + number(lesson), () -> isAnswered(lesson, status, name, ORDER));
            }
        }

        private void otherStatesMeanWhatTheyDid(Lesson lesson) {
            STATES.forEach((state, status) -> {
                var name = "An order that fails with SQLSTATE %s".formatted(state);
                whileItFails(
                        lesson,
                        "BEFORE INSERT ON orders",
                        state,
                        "lesson",
                        () -> isAnswered(lesson, status, name, ORDER));
            });
        }

        private void wordsMeanNothing(Lesson lesson) {
            for (var words : List.of(
                    "duplicate key value violates unique constraint \"orders_pkey\"",
                    "insert or update on table \"orders\" violates foreign key constraint \"23505\"")) {
                var name = "An order that fails with SQLSTATE %s and the words %s".formatted(OTHER, words);
                whileItFails(
                        lesson, "BEFORE INSERT ON orders", OTHER, words, () -> isAnswered(lesson, 500, name, ORDER));
            }
        }

        private void whileItFails(Lesson lesson, String when, String state, String words, Runnable action) {
            lesson.market()
                    .execute("CREATE %s TRIGGER lesson %s FOR EACH ROW EXECUTE FUNCTION lesson_refuse_row('%s', '%s')"
                            .formatted(when.contains("DEFERRED") ? "CONSTRAINT" : "", when, state, words));
            action.run();
            lesson.market().execute("DROP TRIGGER lesson ON " + when.split(" ")[3]);
        }

        private void isAnswered(Lesson lesson, int status, String name, String order) {
            var orders = lesson.market().count("orders");
            means(status, name, lesson.post(NEW_ORDER, order));
            var stored = lesson.market().count("orders") - orders;
            expect(stored == 0, "%s was answered %d, and yet %d order is stored; 0 expected.", name, status, stored);
        }

        private void means(int status, String name, Reply answer) {
            expect(answer.status() == status, "%s was answered %d; %d expected.", name, answer.status(), status);
            expect(
                    answer.header("Content-Type").startsWith("application/problem+json")
                            && answer.json().path("status").asInt() == status,
                    "%s was answered %d as %s; a problem expected, application/problem+json.",
                    name,
                    status,
                    answer.header("Content-Type"));
            expect(
                    !answer.body().matches("(?is).*(insert into|\\bfrom (customer|orders|order_items|item)\\b).*"),
                    "%s was answered %d, with the text of the statement in it; a client is not to see SQL.",
                    name,
                    status);
            // What this check has made is in the database, and in its words.
            expect(
                    !answer.body().contains("lesson"),
                    "%s was answered %d, in the database's own words: %s. They name its tables, constraints and triggers; a client is not to see them.",
                    name,
                    status,
                    answer.json().path("detail").asString().lines().findFirst().orElse(""));
        }

        /** Behind views that fail, every question fails: also those that store nothing. */
        private void isSoWhateverIsAsked(Lesson lesson) {
            for (var state : List.of(UNIQUE, FOREIGN_KEY)) {
                for (var table : HIDDEN) {
                    lesson.market().execute("""
                            ALTER TABLE %1$s RENAME TO lesson_%1$s;
                            CREATE VIEW %1$s AS SELECT * FROM lesson_%1$s WHERE lesson_refuse('%2$s', 'lesson');
                            GRANT SELECT ON %1$s TO PUBLIC;
                            """.formatted(table, state));
                }
                try {
                    Stream.of(
                                    "/api/customers",
                                    "/api/orders?cust_id=1",
                                    "/api/order_total?order_id=1",
                                    "/api/order_total?order_id=3", // which has no lines, but is there
                                    "/api/orders_between_dates?after=2024-01-01&before=2025-01-01")
                            .forEach(path -> means(
                                    state.equals(UNIQUE) ? 409 : 422,
                                    "GET %s, failing with SQLSTATE %s,".formatted(path.split("\\?")[0], state),
                                    lesson.get(path)));
                } finally {
                    for (var table : HIDDEN) {
                        lesson.market()
                                .execute("DROP VIEW %1$s; ALTER TABLE lesson_%1$s RENAME TO %1$s".formatted(table));
                    }
                }
            }
        }

        private void aDatabaseThatIsGoneIsUnavailable(Lesson lesson) {
            for (var path : List.of(
                    "/api/customers",
                    "/api/orders?cust_id=1",
                    "/api/order_total?order_id=1",
                    "/api/orders_between_dates?after=2024-01-01&before=2025-01-01")) {
                lesson.relay().cutAfter(1);
                isUnavailable("GET " + path.split("\\?")[0], lesson.get(path));
            }
            // In the middle of the order; what remains of it may fit before the cut.
            for (var bytes = 1; bytes < 1000; bytes += 100) {
                lesson.relay().cutAfter(bytes);
                var answer = lesson.post(NEW_ORDER, ORDER);
                if (answer.status() != 201) {
                    isUnavailable("An order", answer);
                }
            }
            lesson.relay().off();
            nothingIsStoredTwice(lesson);
        }

        /** COMMIT has been sent, and its answer does not arrive whole: whoever tries again may order twice. */
        private void nothingIsStoredTwice(Lesson lesson) {
            var before = lesson.relay().answerBytes();
            lesson.post(NEW_ORDER, ORDER);
            var bytes = lesson.relay().answerBytes() - before;
            var orders = lesson.market().count("orders");
            lesson.relay().cutAfter(bytes - 8);
            var answer = lesson.post(NEW_ORDER, ORDER);
            lesson.relay().off();
            if (answer.status() != 201) {
                isUnavailable("An order", answer);
            }
            var stored = lesson.market().count("orders") - orders;
            expect(
                    stored <= 1,
                    "The connection broke while one order was being committed, and %d are stored; at most 1 expected.",
                    stored);
        }

        private void isUnavailable(String name, Reply answer) {
            means(503, name + ", while the connection to the database breaks,", answer);
            expect(
                    !answer.header("Retry-After").isEmpty(),
                    "%s, while the connection to the database breaks, was answered 503 without Retry-After; expected, as before.",
                    name);
        }
    }
}
