package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** A stream, but no pages yet. */
class DbAccessor {
    void customers(Consumer<Stream<Customer>> reader) {
        // OFFSET 0 keeps each address where it is looked up: a join that hashes and sorts has its first row at its end.
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                 CROSS JOIN LATERAL (SELECT flat_number, post_code
                                       FROM address
                                      WHERE address.id = customer.address_id
                                     OFFSET 0) AS address
                 ORDER BY customer.id
                """;
        stream(
                reader,
                handle -> handle.createQuery(sql)
                        .setFetchSize(FETCH_SIZE)
                        .map((row, context) -> new Customer(
                                row.getInt("id"),
                                row.getString("name"),
                                row.getString("email"),
                                new Address(row.getInt("flat_number"), row.getInt("post_code")))));
    }
}
