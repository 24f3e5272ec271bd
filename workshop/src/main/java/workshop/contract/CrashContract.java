package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promises 1 and 2: whole or not at all, and what was answered 201 is there, whatever is killed. */
interface CrashContract {
    @Tag("slow")
    @Test
    default void ordersAreWholeOrAbsentAfterAKillOfTheService(Market market) {
        var flood = new OrderFlood(market);
        flood.run(400, 100, market.stage()::kill);
        flood.assertPromisesAreKept();

        market.stage().restart();
        flood.assertPromisesAreKept();
        assertThat(market.post("/api/add_new_order", NewOrderContract.ORDER).status())
                .isEqualTo(201);
    }

    @Tag("slow")
    @Test
    default void ordersAreWholeOrAbsentAfterAKillOfTheDatabase(Market market) {
        assumeTrue(market.db().isEmbedded(), "only the embedded database can be killed");
        var flood = new OrderFlood(market);
        try {
            flood.run(400, 100, market.db()::killServer);
        } finally {
            market.db().startServer();
        }
        flood.assertPromisesAreKept();
        awaitService(market);
        flood.assertPromisesAreKept();
        assertThat(market.post("/api/add_new_order", NewOrderContract.ORDER).status())
                .isEqualTo(201);
    }

    @Tag("slow")
    @Test
    default void aDatabaseThatIsDownIsSaidSoUntilItIsBack(Market market) {
        assumeTrue(market.db().isEmbedded(), "only the embedded database can be stopped");
        market.db().stopServer();
        try {
            for (var path : new String[] {
                "/api/customers",
                "/api/orders?cust_id=1",
                "/api/order_total?order_id=1",
                "/api/orders_total?orders=1,2",
                "/api/orders_between_dates?after=2024-03-14&before=2024-03-22"
            }) {
                assertThat(market.get(path).status()).as(path).isEqualTo(503);
            }
            assertThat(market.post("/api/add_new_order", NewOrderContract.ORDER).status())
                    .isEqualTo(503);
            assertThat(market.post("/api/orders_total", "{\"orders\": [1]}").status())
                    .isEqualTo(503);
            assertThat(market.get("/").status()).isEqualTo(200);
            assertThat(market.get("/api/orders?cust_id=abc").status()).isEqualTo(400);
        } finally {
            market.db().startServer();
        }
        awaitService(market);
        assertThat(market.get("/api/order_total?order_id=1")
                        .json()
                        .get("total_cost")
                        .toString())
                .isEqualTo("30.00");
    }

    private static void awaitService(Market market) {
        await("the service finds the database again")
                .atMost(Duration.ofSeconds(30))
                // Two questions, because a service of two styles has two ways to the database.
                .until(() -> market.get("/api/customers").status() == 200
                        && market.get("/api/orders?cust_id=1").status() == 200);
    }
}
