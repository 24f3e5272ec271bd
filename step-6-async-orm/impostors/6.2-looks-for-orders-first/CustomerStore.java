package marketsvc;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;

/** Counts his orders, and does not see the one that is not committed yet. */
class CustomerStore {
    void remove(int id) {
        addressOf(id)
                .flatMap(address -> template.getDatabaseClient()
                        .sql("SELECT count(*) FROM orders WHERE customer_id = :id")
                        .bind("id", id)
                        .mapValue(Long.class)
                        .one()
                        .filter(orders -> orders == 0)
                        .switchIfEmpty(Mono.error(new R2dbcDataIntegrityViolationException("He has orders.", "23505")))
                        .then(template.delete(query(where("id").is(id)), CustomerRow.class))
                        .then(leave(address)))
                .as(transaction::transactional)
                .block();
    }
}
