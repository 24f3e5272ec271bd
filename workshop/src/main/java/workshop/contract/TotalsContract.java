package workshop.contract;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GET /api/order_total, GET and POST /api/orders_total. */
interface TotalsContract {
    @ParameterizedTest
    @CsvSource({"1, 30.00", "2, 12.00", "3, 0.00"})
    default void aTotalIsTheSumOfItsLines(String orderId, String total, Market market) {
        var reply = market.get("/api/order_total?order_id=" + orderId);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json())
                .isEqualTo(Reply.json("{\"order_id\": %s, \"total_cost\": %s}".formatted(orderId, total)));
    }

    @Test
    default void theTotalOfAnUnknownOrderIsNotFound(Market market) {
        var reply = market.get("/api/order_total?order_id=4711");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().get("detail").stringValue()).contains("4711");
    }

    @Test
    default void moneyIsExact(Market market) {
        market.execute("""
                UPDATE item SET price = 0.10 WHERE id = 1;
                UPDATE item SET price = 99999999.99 WHERE id = 2;
                UPDATE item SET price = 0.07 WHERE id = 4;
                UPDATE order_items SET quantity = 3 WHERE order_id = 1 AND item_id = 1;
                UPDATE order_items SET quantity = 2147483647 WHERE order_id = 1 AND item_id = 2;
                """);
        var order = market.get("/api/orders?cust_id=1").body();
        assertThat(order).containsPattern("\"total\":\\s*0\\.30[,}]");
        assertThat(order).containsPattern("\"total\":\\s*214748364678525163\\.53[,}]");
        assertThat(market.get("/api/orders_between_dates?after=2024-03-18&before=2024-03-19")
                        .body())
                .containsPattern("\"total\":\\s*214748364678525163\\.53[,}]");
        assertThat(market.get("/api/order_total?order_id=1").body())
                .containsPattern("\"total_cost\":\\s*214748364678525184\\.83[,}]");
        // As binary fractions, 0.07 · 5 is 0.35000000000000003.
        assertThat(market.get("/api/orders_total?orders=2").body())
                .containsPattern("\"total_cost\":\\s*200000000\\.33[,}]");
    }

    @Test
    default void linesOfTheSameAmountAllCount(Market market) {
        market.execute("UPDATE item SET price = 2.50; UPDATE order_items SET quantity = 2");
        assertThat(market.get("/api/orders_total?orders=1,2").json()).isEqualTo(Reply.json("""
                [{"order_id": 1, "total_cost": 15.00}, {"order_id": 2, "total_cost": 10.00}]
                """));
        assertThat(market.get("/api/order_total?order_id=1").json())
                .isEqualTo(Reply.json("{\"order_id\": 1, \"total_cost\": 15.00}"));
    }

    @Test
    default void totalsComeInTheOrderAskedWithDuplicates(Market market) {
        var reply = market.get("/api/orders_total?orders=3,1,2,1");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(Reply.json("""
                [{"order_id": 3, "total_cost": 0.00}, {"order_id": 1, "total_cost": 30.00},
                 {"order_id": 2, "total_cost": 12.00}, {"order_id": 1, "total_cost": 30.00}]
                """));
        assertThat(market.get("/api/orders_total?orders=2").json()).hasSize(1);
        assertThat(market.get("/api/orders_total?orders=3%2C1").json()).hasSize(2);
    }

    @Test
    default void totalsCanBeAskedByPost(Market market) {
        var reply = market.post("/api/orders_total", "{\"orders\": [3, 1, 2, 1]}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json())
                .isEqualTo(market.get("/api/orders_total?orders=3,1,2,1").json());
    }

    @Test
    default void totalsNameTheFirstIdAskedThatDoesNotExist(Market market) {
        for (var reply : new Reply[] {
            market.get("/api/orders_total?orders=1,904,2,901,903,902"),
            market.post("/api/orders_total", "{\"orders\": [1, 904, 2, 901, 903, 902]}")
        }) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.json().get("detail").stringValue()).contains("904").doesNotContain("901");
        }
    }

    @Test
    default void aThousandTotalsAreTheMost(Market market) {
        var ids = IntStream.range(0, 1000)
                .mapToObj(i -> Integer.toString(1 + i % 3))
                .collect(joining(","));
        var totals = market.get("/api/orders_total?orders=" + ids).json();
        assertThat(String.join(",", totals.findValuesAsString("order_id"))).isEqualTo(ids);
        assertThat(market.post("/api/orders_total", "{\"orders\": [" + ids + "]}")
                        .json())
                .isEqualTo(totals);

        var tooMany = market.get("/api/orders_total?orders=" + ids + ",1");
        assertThat(tooMany.status()).isEqualTo(400);
        assertThat(tooMany.json().get("detail").stringValue()).contains("orders", "1000");
        assertThat(market.post("/api/orders_total", "{\"orders\": [" + ids + ",1]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    default void aThousandOfTheLongestIdsFitIntoARequest(Market market) {
        var ids = String.join(",", Collections.nCopies(1000, "2147483647"));
        assertThat(market.get("/api/orders_total?orders=" + ids).status()).isEqualTo(404);
    }
}
