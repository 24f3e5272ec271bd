package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** A join as anybody writes it, and five thousand rows at a time. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 WHERE customer.id > :afterId
                 ORDER BY customer.id
                 LIMIT :limit
                """;
        stream(
                reader,
                handle -> handle.createQuery(sql)
                        .bind("afterId", afterId)
                        .bind("limit", limit)
                        .setFetchSize(5000)
                        .map((row, context) -> new Customer(
                                row.getInt("id"),
                                row.getString("name"),
                                row.getString("email"),
                                new Address(row.getInt("flat_number"), row.getInt("post_code")))));
    }
}
