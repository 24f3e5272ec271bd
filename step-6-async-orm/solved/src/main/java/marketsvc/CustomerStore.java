package marketsvc;

import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.data.annotation.Id;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Customers one by one, as entities: a record for each table, and what refers to what is ours to keep. */
class CustomerStore {
    private final R2dbcEntityTemplate template;
    private final TransactionalOperator transaction;

    CustomerStore(ConnectionFactory connections) {
        this.template = new R2dbcEntityTemplate(connections);
        this.transaction = TransactionalOperator.create(new R2dbcTransactionManager(connections));
    }

    /** Without an id it is new, and the database gives it one. */
    @Table("customer")
    record CustomerRow(@Id Integer id, String name, String email, int addressId) {}

    @Table("address")
    record AddressRow(@Id Integer id, int flatNumber, int postCode) {}

    Customer customer(int id) {
        // In one statement, so that nobody moves house between two.
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 WHERE customer.id = :id
                """;
        return template.getDatabaseClient()
                .sql(sql)
                .bind("id", id)
                .map(DbAccessor::customer)
                .one()
                .switchIfEmpty(unknown(id))
                .block();
    }

    Customer add(NewCustomer customer) {
        return stored(null, customer)
                .as(transaction::transactional)
                .map(row -> customer(row, customer))
                .block();
    }

    Customer change(int id, NewCustomer customer) {
        return addressOf(id)
                .flatMap(old -> stored(id, customer).flatMap(row -> leave(old).thenReturn(row)))
                .as(transaction::transactional)
                .map(row -> customer(row, customer))
                .block();
    }

    void remove(int id) {
        addressOf(id)
                .flatMap(address -> template.delete(query(where("id").is(id)), CustomerRow.class)
                        .then(leave(address)))
                .as(transaction::transactional)
                .block();
    }

    /** The address is always a new one: others may live at the old one. */
    private Mono<CustomerRow> stored(Integer id, NewCustomer customer) {
        var address = customer.address();
        return template.insert(new AddressRow(null, address.flatNumber(), address.postCode()))
                .map(row -> new CustomerRow(id, customer.name(), customer.email(), row.id()))
                .flatMap(row -> id == null ? template.insert(row) : template.update(row));
    }

    /** Whoever else wants to change this customer waits until we have committed; his new orders, not unless his email changes. */
    private Mono<Integer> addressOf(int id) {
        return template.getDatabaseClient()
                .sql("SELECT address_id FROM customer WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", id)
                .mapValue(Integer.class)
                .one()
                .switchIfEmpty(unknown(id));
    }

    /** Whoever leaves last removes the address; in two statements, since only a second one sees whom the first waited for. */
    private Mono<Void> leave(int addressId) {
        var lock = "SELECT id FROM address WHERE id = :id FOR UPDATE";
        var delete = """
                DELETE FROM address
                 WHERE id = :id AND NOT EXISTS (SELECT 1 FROM customer WHERE address_id = :id)
                """;
        var client = template.getDatabaseClient();
        return client.sql(lock)
                .bind("id", addressId)
                .then()
                .then(client.sql(delete).bind("id", addressId).then());
    }

    private static Customer customer(CustomerRow row, NewCustomer customer) {
        return new Customer(row.id(), row.name(), row.email(), customer.address());
    }

    private static <T> Mono<T> unknown(int id) {
        return Mono.error(() -> new UnknownIdException("customer", id));
    }
}
