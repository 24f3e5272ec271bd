package marketsvc;

import reactor.core.publisher.Mono;

/** Keeps everybody off the customer, also those who only refer to him. */
class CustomerStore {
    private Mono<Integer> addressOf(int id) {
        return template.getDatabaseClient()
                .sql("SELECT address_id FROM customer WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .mapValue(Integer.class)
                .one()
                .switchIfEmpty(unknown(id));
    }
}
