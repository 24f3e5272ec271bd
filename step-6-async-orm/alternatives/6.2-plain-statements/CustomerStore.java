package marketsvc;

/** One statement for both tables, without an entity. */
class CustomerStore {
    Customer add(NewCustomer customer) {
        var sql = """
                WITH home AS (INSERT INTO address (flat_number, post_code) VALUES (:flat, :code) RETURNING id)
                INSERT INTO customer (name, email, address_id)
                SELECT :name, :email, home.id FROM home
                RETURNING id
                """;
        return template.getDatabaseClient()
                .sql(sql)
                .bind("flat", customer.address().flatNumber())
                .bind("code", customer.address().postCode())
                .bind("name", customer.name())
                .bind("email", customer.email())
                .mapValue(Integer.class)
                .one()
                .map(id -> new Customer(id, customer.name(), customer.email(), customer.address()))
                .block();
    }
}
