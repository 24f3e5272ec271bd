package marketsvc;

import java.util.List;

/** Closes the handle when the customers have been read: a query that fails keeps it. */
class DbAccessor {
    List<Customer> customers() {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 ORDER BY customer.id
                """;
        var handle = jdbi.open();
        var customers = handle.createQuery(sql)
                .map((row, context) -> new Customer(
                        row.getInt("id"),
                        row.getString("name"),
                        row.getString("email"),
                        new Address(row.getInt("flat_number"), row.getInt("post_code"))))
                .list();
        handle.close();
        return customers;
    }
}
