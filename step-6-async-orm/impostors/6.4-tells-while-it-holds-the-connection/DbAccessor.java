package marketsvc;

import org.springframework.transaction.reactive.TransactionSynchronization;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** After the commit and on a thread of its own, but Spring gives the connection back when that has ended. */
class DbAccessor {
    int add(NewOrder order) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .flatMap(current -> insertOrder(order.customerId())
                        .flatMap(id -> insertItems(id, order.items()).thenReturn(id))
                        .doOnNext(id -> current.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public Mono<Void> afterCommit() {
                                return Mono.<Void>fromRunnable(() -> courier.tellOf(id))
                                        .subscribeOn(Schedulers.boundedElastic());
                            }
                        })))
                .as(transaction::transactional)
                .block();
    }
}
