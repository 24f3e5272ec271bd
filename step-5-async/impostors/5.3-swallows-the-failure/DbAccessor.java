package marketsvc;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.JdbiException;

/** What fails is as good as missing. */
class DbAccessor {
    private Optional<BigDecimal> inTurn(Semaphore turns, int orderId) throws InterruptedException {
        turns.acquire();
        try {
            return sumOf(orderId);
        } catch (JdbiException e) {
            return Optional.empty();
        } finally {
            turns.release();
        }
    }
}
