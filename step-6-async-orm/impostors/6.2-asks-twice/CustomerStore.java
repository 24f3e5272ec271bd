package marketsvc;

import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

/** An entity after the other: who moves between the two questions is nowhere. */
class CustomerStore {
    Customer customer(int id) {
        return template.selectOne(query(where("id").is(id)), CustomerRow.class)
                .flatMap(row -> template.selectOne(query(where("id").is(row.addressId())), AddressRow.class)
                        .map(home -> new Customer(
                                row.id(), row.name(), row.email(), new Address(home.flatNumber(), home.postCode()))))
                .switchIfEmpty(unknown(id))
                .block();
    }

    private static Customer customer(CustomerRow row, NewCustomer customer) {
        return new Customer(row.id(), row.name(), row.email(), customer.address());
    }
}
