package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GET /api/orders_between_dates. */
interface BetweenDatesContract {
    @Test
    default void ordersBetweenDatesAreThoseOfAllCustomersByTime(Market market) {
        var reply = between(market, "2024-03-14", "2024-03-22");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(Reply.json("""
                [{"order_id": 1, "customer": {"name": "Alex"}, "order_time": "2024-03-18T10:30:00", "items": [
                   {"name": "Milk", "description": "1L bottle of milk", "price": 5.00, "quantity": 1, "total": 5.00},
                   {"name": "Kit Kat", "description": "Chocolate bar", "price": 1.00, "quantity": 4, "total": 4.00},
                   {"name": "Bread", "description": "Loaf of bread", "price": 10.50, "quantity": 2, "total": 21.00}]},
                 {"order_id": 2, "customer": {"name": "Cam"}, "order_time": "2024-03-20T11:00:00", "items": [
                   {"name": "Kit Kat", "description": "Chocolate bar", "price": 1.00, "quantity": 2, "total": 2.00},
                   {"name": "Onion", "description": "Red onion", "price": 2.00, "quantity": 5, "total": 10.00}]}]
                """));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2024-03-18T10:30:00,        2024-03-20T11:00:00,        1 2
            2024-03-18T10:30:00.000001, 2024-03-20T11:00:00,        2
            2024-03-18T10:30:00,        2024-03-20T10:59:59.999999, 1
            2024-03-18T10:30,           2024-03-18T10:30,           1
            2024-03-18,                 2024-03-18,                 ''
            2024-03-18,                 2024-03-19,                 1
            2024-03-19,                 2024-03-20,                 ''
            2024-02-29,                 2024-03-25T23:59:59,        1 2 3
            0001-01-01,                 9999-12-31T23:59:59.999999, 1 2 3
            2024-03-26,                 2024-03-26,                 ''
            """)
    default void boundsAreInclusiveAndABareDateIsItsMidnight(String after, String before, String ids, Market market) {
        assertThat(String.join(" ", between(market, after, before).json().findValuesAsString("order_id")))
                .isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2024-03-20T11:00:00.25,     2024-03-20T11:00:00.25,     2
            2024-03-20T11:00:00.250001, 2024-03-21,                 ''
            2024-03-20,                 2024-03-20T11:00:00.249999, ''
            """)
    default void boundsAreAsFineAsTheTimesOfOrders(String after, String before, String ids, Market market) {
        market.execute("UPDATE orders SET order_time = '2024-03-20 11:00:00.25' WHERE id = 2");
        assertThat(String.join(" ", between(market, after, before).json().findValuesAsString("order_id")))
                .isEqualTo(ids);
    }

    /** The stage's zone has summer time: whoever lets times pass through it loses an hour of the year. */
    @Test
    default void anOrderTimeThatClocksSkippedIsFoundAndShownAsItIs(Market market) {
        market.execute("UPDATE orders SET order_time = '2024-03-31 02:30:00.120345' WHERE id = 1");
        var time = "2024-03-31T02:30:00.120345";
        assertThat(between(market, time, time).json().findValuesAsString("order_time"))
                .containsExactly(time);
    }

    @Test
    default void anOrderAtMidnightBelongsToItsDate(Market market) {
        market.execute("UPDATE orders SET order_time = '2024-03-20' WHERE id IN (2, 3)");
        assertThat(between(market, "2024-03-20", "2024-03-20").json().findValuesAsString("order_id"))
                .containsExactly("2", "3");
    }

    @Test
    default void ordersBetweenDatesAreSortedByTimeThenId(Market market) {
        market.execute("""
                INSERT INTO orders (customer_id, order_time)
                VALUES (3, '2024-03-19'), (2, '2024-03-18 10:30:00'),
                       (1, '2024-03-19'), (1, '2024-03-18 10:29:59.999999');
                INSERT INTO order_items VALUES (6, 4, 1), (4, 2, 1), (6, 1, 1);
                UPDATE orders SET order_time = order_time WHERE id IN (1, 4);
                """);
        var orders = between(market, "2024-03-18", "2024-03-20").json();
        assertThat(orders.findValuesAsString("order_id")).containsExactly("7", "1", "5", "4", "6");
        assertThat(orders.get(4).at("/items").findValuesAsString("name")).containsExactly("Milk", "Onion");
    }

    private static Reply between(Market market, String after, String before) {
        return market.get("/api/orders_between_dates?after=" + after + "&before=" + before);
    }
}
