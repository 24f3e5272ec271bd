package workshop.contract;

import static workshop.contract.Market.encoded;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Whatever a query string holds, it is answered 400 with the culprit's name, and nothing happens. */
interface HostileQueryContract {
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
        var seed = Seed.ofThisRun();
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
        var seed = Seed.ofThisRun();
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
