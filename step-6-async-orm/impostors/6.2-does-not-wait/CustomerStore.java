package marketsvc;

import reactor.core.publisher.Mono;

/** Whoever changes a customer at the same time is refused by the database, which nobody expects: 500. */
class CustomerStore {
    /** Whoever else wants to change this customer waits until we have committed. */
    private Mono<Integer> addressOf(int id) {
        return template.getDatabaseClient()
                .sql("SELECT address_id FROM customer WHERE id = :id FOR NO KEY UPDATE NOWAIT")
                .bind("id", id)
                .mapValue(Integer.class)
                .one()
                .switchIfEmpty(unknown(id));
    }
}
