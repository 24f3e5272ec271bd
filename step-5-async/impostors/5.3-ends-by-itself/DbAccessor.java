package marketsvc;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Nobody interrupts who reads, and each statement has two seconds, whether somebody waits for it or not. */
class DbAccessor {
    private Optional<BigDecimal> sumOf(int orderId) throws InterruptedException {
        var sql = """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = :orderId
                 GROUP BY orders.id
                """;
        var answer = CompletableFuture.supplyAsync(
                () -> jdbi.withHandle(handle -> handle.createQuery(sql)
                        .bind("orderId", orderId)
                        .setQueryTimeout(2)
                        .mapTo(BigDecimal.class)
                        .findOne()),
                Thread::startVirtualThread);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        }
    }
}
