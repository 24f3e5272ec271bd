package marketsvc;

import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

/** Removes the address with the customer, whoever else lives there. */
class CustomerStore {
    void remove(int id) {
        addressOf(id)
                .flatMap(address -> template.delete(query(where("id").is(id)), CustomerRow.class)
                        .then(template.delete(query(where("id").is(address)), AddressRow.class)))
                .as(transaction::transactional)
                .block();
    }
}
