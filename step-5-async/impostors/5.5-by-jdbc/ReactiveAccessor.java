package marketsvc;

import reactor.core.publisher.Mono;

/** A Mono around a question that blocks. */
class ReactiveAccessor {
    @Override
    OrderTotal totalOf(int orderId) {
        return Mono.fromCallable(() -> super.totalOf(orderId)).block();
    }
}
