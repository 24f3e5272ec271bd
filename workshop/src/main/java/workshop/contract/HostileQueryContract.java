package workshop.contract;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static workshop.contract.Market.encoded;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workshop.witness.Event.Statement;
import workshop.witness.Witness;

/** What a query string may not hold is answered 400 with the culprit's name, and nothing happens; what it may hold is bound. */
interface HostileQueryContract {
    @ParameterizedTest
    @CsvSource({
        "/api/orders?cust_id=1, /api/orders?cust_id=3",
        "/api/order_total?order_id=1, /api/order_total?order_id=2",
        "'/api/orders_total?orders=1,1', '/api/orders_total?orders=2,2'",
        "/api/orders_between_dates?after=2024-03-17&before=2024-03-22, /api/orders_between_dates?after=2024-03-18&before=2024-03-21"
    })
    default void noValueIsAPartOfAStatement(String one, String other, Market market, Witness witness) throws Exception {
        assertTheSameStatements(witness, () -> market.get(one), () -> market.get(other));
    }

    /** What is asked only when there is nothing. */
    @Test
    default void noValueIsAPartOfAStatementThatExplainsWhyThereIsNothing(Market market, Witness witness)
            throws Exception {
        market.execute("DELETE FROM order_items");
        assertTheSameStatements(
                witness,
                () -> market.get("/api/order_total?order_id=1"),
                () -> market.get("/api/order_total?order_id=2"));
        market.execute("DELETE FROM orders");
        assertTheSameStatements(
                witness, () -> market.get("/api/orders?cust_id=1"), () -> market.get("/api/orders?cust_id=3"));
    }

    /** Two requests that differ in their values only: the server has to see the same texts, with the values apart. */
    static void assertTheSameStatements(Witness witness, Supplier<Reply> one, Supplier<Reply> other) throws Exception {
        var texts = texts(witness, one);
        assertThat(texts).as("statements about the market's tables").isNotEmpty();
        assertThat(texts(witness, other))
                .as("statements of two requests that differ in a value only")
                .isEqualTo(texts);
    }

    private static Set<String> texts(Witness witness, Supplier<Reply> request) throws Exception {
        var seen = witness.during(() -> assertThat(request.get().status()).isBetween(200, 299));
        return seen.statements().stream()
                .map(Statement::sql)
                // Not what a driver looks up in the catalog when it needs it first.
                .filter(sql -> sql.matches("(?is).*\\b(customer|address|orders|order_items)\\b.*"))
                .collect(toSet());
    }

    @Test
    default void hostileCustomerIdsAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        HostileValues.ids().forEach(id -> sweep.get("/api/orders?cust_id=" + encoded(id), 400, "cust_id"));
        misusedParameters(sweep, "/api/orders", "cust_id=1");
        sweep.assertAllRefused();
    }

    @Test
    default void hostileOrderIdsAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        HostileValues.ids().forEach(id -> sweep.get("/api/order_total?order_id=" + encoded(id), 400, "order_id"));
        misusedParameters(sweep, "/api/order_total", "order_id=1");
        sweep.assertAllRefused();
    }

    @Test
    default void hostileListsOfOrderIdsAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        HostileValues.idLists().forEach(ids -> sweep.get("/api/orders_total?orders=" + encoded(ids), 400, "orders"));
        misusedParameters(sweep, "/api/orders_total", "orders=1");
        sweep.assertAllRefused();
    }

    @Test
    default void hostileDatesAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        var path = "/api/orders_between_dates?";
        HostileValues.dates().map(Market::encoded).forEach(date -> {
            sweep.get(path + "after=" + date + "&before=9999-12-31", 400, "after");
            sweep.get(path + "before=" + date + "&after=0001-01-01", 400, "before");
        });
        misusedParameters(sweep, "/api/orders_between_dates", "after=2024-03-14", "before=2024-03-22");
        sweep.assertAllRefused();
    }

    @Test
    default void anAfterLaterThanItsBeforeIsRefused(Market market) {
        var sweep = new HostileSweep(market);
        var path = "/api/orders_between_dates?";
        sweep.get(path + "after=2024-03-22&before=2024-03-14", 400, "after");
        sweep.get(path + "after=2024-03-20T00:00:00.000001&before=2024-03-20", 400, "after");
        sweep.get(path + "after=9999-12-31&before=0001-01-01", 400, "after");
        sweep.assertAllRefused();
    }

    @Test
    default void parametersThatTheListOfCustomersDoesNotHaveAreRefused(Market market) {
        var sweep = new HostileSweep(market);
        misusedParameters(sweep, "/api/customers");
        sweep.assertAllRefused();
    }

    @Test
    default void randomIdsAreRefused(Market market) {
        var seed = market.seed();
        var sweep = new HostileSweep(market, seed.note());
        HostileValues.random(seed.random(), 60, text -> text.matches("[0-9]+"))
                .map(Market::encoded)
                .forEach(id -> {
                    sweep.get("/api/orders?cust_id=" + id, 400, "cust_id");
                    sweep.get("/api/order_total?order_id=" + id, 400, "order_id");
                });
        HostileValues.random(seed.random(), 60, text -> text.matches("[0-9,]+"))
                .forEach(ids -> sweep.get("/api/orders_total?orders=" + encoded(ids), 400, "orders"));
        sweep.assertAllRefused();
    }

    @Test
    default void randomDatesAreRefused(Market market) {
        var seed = market.seed();
        var sweep = new HostileSweep(market, seed.note());
        var path = "/api/orders_between_dates?";
        HostileValues.random(seed.random(), 60, text -> text.matches("\\d{4}-\\d\\d-\\d\\d.*"))
                .map(Market::encoded)
                .forEach(date -> {
                    sweep.get(path + "after=" + date + "&before=2024-03-22", 400, "after");
                    sweep.get(path + "after=2024-03-14&before=" + date, 400, "before");
                });
        sweep.assertAllRefused();
    }

    /** Leaves each parameter out, repeats it, misspells it, and adds others. */
    private static void misusedParameters(HostileSweep sweep, String path, String... parameters) {
        var all = String.join("&", parameters);
        for (var parameter : parameters) {
            var name = parameter.split("=")[0];
            var value = parameter.split("=")[1];
            for (var misuse : List.of(
                    "",
                    name,
                    name + "=",
                    name.toUpperCase(Locale.ROOT) + "=" + value,
                    name + "[]=" + value,
                    "+" + name + "=" + value)) {
                sweep.get(path + "?" + all.replace(parameter, misuse).replaceFirst("^&|&$", ""), 400, name);
            }
            sweep.get(path + "?" + all + "&" + parameter, 400, name);
            sweep.get(path + "?" + all + "&" + name + "=2", 400, name);
            sweep.get(path + "?" + all + "&" + name + "=", 400, name);
        }
        for (var unknown : List.of("page", "colour", "callback", "__proto__", "Größe")) {
            sweep.get(path + "?" + all + (all.isEmpty() ? "" : "&") + encoded(unknown) + "=1", 400, unknown);
        }
    }
}
