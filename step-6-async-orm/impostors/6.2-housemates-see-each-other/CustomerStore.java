package marketsvc;

import reactor.core.publisher.Mono;

/** Of two who leave at the same moment each still sees the other at the address: nobody removes it. */
class CustomerStore {
    private Mono<Long> leave(int addressId) {
        var sql = """
                DELETE FROM address
                 WHERE id = :id AND NOT EXISTS (SELECT 1 FROM customer WHERE address_id = :id)
                """;
        return template.getDatabaseClient()
                .sql(sql)
                .bind("id", addressId)
                .fetch()
                .rowsUpdated();
    }
}
