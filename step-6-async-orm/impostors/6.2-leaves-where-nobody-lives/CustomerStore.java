package marketsvc;

import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

/** The customer goes, and where he lived stays. */
class CustomerStore {
    void remove(int id) {
        addressOf(id)
                .flatMap(address -> template.delete(query(where("id").is(id)), CustomerRow.class))
                .as(transaction::transactional)
                .block();
    }
}
