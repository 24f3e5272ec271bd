package marketsvc;

import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

/** Reads the customer without a lock before it removes him: who moves meanwhile leaves his new address behind. */
class CustomerStore {
    void remove(int id) {
        template.selectOne(query(where("id").is(id)), CustomerRow.class)
                .switchIfEmpty(unknown(id))
                .flatMap(row -> template.delete(query(where("id").is(id)), CustomerRow.class)
                        .then(leave(row.addressId())))
                .as(transaction::transactional)
                .block();
    }
}
