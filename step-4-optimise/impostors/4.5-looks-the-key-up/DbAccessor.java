package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** Goes on from a customer, who may have been removed. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        // OFFSET 0 keeps each address where it is looked up: a join that hashes and sorts has its first row at its end.
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                 CROSS JOIN LATERAL (SELECT flat_number, post_code
                                       FROM address
                                      WHERE address.id = customer.address_id
                                     OFFSET 0) AS address
                 WHERE customer.id > (SELECT coalesce(max(id), CASE :afterId WHEN 0 THEN 0 END) FROM customer WHERE id = :afterId)
                 ORDER BY customer.id
                 LIMIT :limit
                """;
        stream(
                reader,
                handle -> handle.createQuery(sql)
                        .bind("afterId", afterId)
                        .bind("limit", limit)
                        .setFetchSize(FETCH_SIZE)
                        .map((row, context) -> new Customer(
                                row.getInt("id"),
                                row.getString("name"),
                                row.getString("email"),
                                new Address(row.getInt("flat_number"), row.getInt("post_code")))));
    }
}
