package marketsvc;

import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

import reactor.core.publisher.Mono;

/** One change at a time, in this instance of the service; what another instance does meanwhile it does not see. */
class CustomerStore {
    synchronized Customer change(int id, NewCustomer customer) {
        return addressOf(id)
                .flatMap(old -> stored(id, customer).flatMap(row -> leave(old).thenReturn(row)))
                .as(transaction::transactional)
                .map(row -> customer(row, customer))
                .block();
    }

    synchronized void remove(int id) {
        addressOf(id)
                .flatMap(address -> template.delete(query(where("id").is(id)), CustomerRow.class)
                        .then(leave(address)))
                .as(transaction::transactional)
                .block();
    }

    private Mono<Integer> addressOf(int id) {
        return template.getDatabaseClient()
                .sql("SELECT address_id FROM customer WHERE id = :id")
                .bind("id", id)
                .mapValue(Integer.class)
                .one()
                .switchIfEmpty(unknown(id));
    }
}
