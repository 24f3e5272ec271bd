package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import workshop.faults.Faults;
import workshop.stage.StageExtension;
import workshop.witness.Witness;

/** Promise 6, and what a service owes to many who wait at once, from step 5 on. */
@ExtendWith(StageExtension.class)
public interface GroupContract {
    String TWENTY_TOTALS = "/api/orders_total?orders=1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,1,2";
    int POOL_SIZE = 10;

    @Test
    default void totalsAreAskedForTogetherButNotByAllConnections(Market market, Faults faults, Witness witness)
            throws Exception {
        assertThat(market.get(TWENTY_TOTALS).status()).isEqualTo(200);
        faults.lock("item");
        var asked = market.sendAsync(market.request(TWENTY_TOTALS).build());
        assertThat(witness.mostBusySessions(Duration.ofSeconds(10))).isBetween(2L, POOL_SIZE - 1L);
        assertThat(market.get("/api/customers").status()).isEqualTo(200);
        faults.off();
        assertThat(asked.get().status()).isEqualTo(200);
    }

    @Tag("slow")
    @Test
    default void aFailureEndsTheOtherTotalsOnTheServer(Market market, Faults faults, Witness witness) throws Exception {
        assertThat(market.get(TWENTY_TOTALS).status()).isEqualTo(200);
        faults.lock("item");
        var asked = market.sendAsync(market.request(TWENTY_TOTALS).build());
        awaitSeveral(witness);
        faults.killOneAtWork("item");
        assertThat(asked.get().status()).isEqualTo(503);
        awaitSilence(witness);
        faults.off();
        assertThat(market.get(TWENTY_TOTALS).status()).isEqualTo(200);
    }

    @Tag("slow")
    @Test
    default void aDeadlineEndsAllTotalsOnTheServer(Market market, Faults faults, Witness witness) {
        market.stage().restart(market.stage().settings().and("DEADLINE_MS", 1000));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> market.get(TWENTY_TOTALS).status() == 200);
        faults.lock("item");
        var start = System.nanoTime();
        assertThat(market.get(TWENTY_TOTALS).status()).isEqualTo(504);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        awaitSilence(witness);
        assertThat(market.get("/api/order_total?order_id=1").status()).isEqualTo(504);
        awaitSilence(witness);
        faults.off();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> market.get(TWENTY_TOTALS).status() == 200);
    }

    @Tag("slow")
    @Test
    default void aThousandSlowRequestsAreAnsweredOrRefused(Market market, Faults faults, Witness witness)
            throws Exception {
        faults.lock("address");
        var asked = IntStream.range(0, 1000)
                .mapToObj(i -> market.sendAsync(market.request("/api/customers").build()))
                .toList();
        await().atMost(Duration.ofSeconds(20)).until(() -> asked.stream().anyMatch(CompletableFuture::isDone));
        faults.off();
        for (var one : asked) {
            assertThat(one.get().status()).isIn(200, 503);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> market.get("/api/customers").status() == 200);
        awaitSilence(witness);
    }

    private static void awaitSeveral(Witness witness) {
        await("two or more statements at work at once")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> witness.busySessions() > 1);
    }

    private static void awaitSilence(Witness witness) {
        await("nothing at work for somebody who no longer waits")
                .atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> witness.busySessions() == 0);
    }
}
