package marketsvc;

import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

/** Each statement is committed by itself: who is gone leaves his address when the second one fails. */
class CustomerStore {
    void remove(int id) {
        addressOf(id)
                .flatMap(address -> template.delete(query(where("id").is(id)), CustomerRow.class)
                        .then(leave(address)))
                .block();
    }
}
