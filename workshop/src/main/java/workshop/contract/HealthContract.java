package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workshop.faults.Faults;
import workshop.stage.StageExtension;

/** What a stage tells about itself, from step 3 on. */
@ExtendWith(StageExtension.class)
public interface HealthContract {
    @Test
    default void healthIsUpHoweverOftenSomebodyAsks(Market market) {
        for (var i = 0; i < 100; i++) {
            var reply = market.get("/health");
            assertThat(reply.status()).as("answer %d", i).isEqualTo(200);
            assertThat(reply.json().get("status").stringValue()).isEqualTo("up");
        }
        assertThat(market.get("/health?verbose=1").status()).isEqualTo(400);
        assertThat(market.get("/api/customers").status()).isEqualTo(200);
    }

    @Test
    default void healthIsUnavailableWhileTheDatabaseIsDown(Market market) {
        assumeTrue(market.db().isEmbedded(), "only the embedded database can be stopped");
        market.db().stopServer();
        try {
            assertThat(market.get("/health").status()).isEqualTo(503);
        } finally {
            market.db().startServer();
        }
        await("the database is seen again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> market.get("/health").status() == 200);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10})
    default void healthIsUnavailableWhileTheDatabaseIsSlow(int seconds, Market market, Faults faults) {
        // A connection that was just used is not probed by its pool first.
        assertThat(market.get("/health").status()).isEqualTo(200);
        faults.relay().latency(Duration.ofSeconds(seconds));
        try {
            assertThat(market.get("/health").status()).isEqualTo(503);
        } finally {
            faults.off();
        }
        await("the database is seen again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> market.get("/health").status() == 200);
        // What it had asked the slow one is nobody else's answer.
        for (var i = 0; i < 20; i++) {
            assertThat(market.get("/health").status()).as("answer %d", i).isEqualTo(200);
            assertThat(market.get("/api/order_total?order_id=1").status())
                    .as("total %d", i)
                    .isEqualTo(200);
        }
    }

    @Test
    default void thePoolShowsItsGauges(Market market) {
        assertThat(market.get("/metrics").body())
                .containsPattern("hikaricp_connections_active|r2dbc_pool_acquired_connections")
                .containsPattern("hikaricp_connections_idle|r2dbc_pool_idle_connections")
                .containsPattern("hikaricp_connections_pending|r2dbc_pool_pending_connections");
    }
}
