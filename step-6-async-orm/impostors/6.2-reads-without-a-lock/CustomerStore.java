package marketsvc;

import reactor.core.publisher.Mono;

/** Reads where the customer lives, and somebody else has him move before we have. */
class CustomerStore {
    private Mono<Integer> addressOf(int id) {
        return template.getDatabaseClient()
                .sql("SELECT address_id FROM customer WHERE id = :id")
                .bind("id", id)
                .mapValue(Integer.class)
                .one()
                .switchIfEmpty(unknown(id));
    }
}
