package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds the first row, and lets Java stop. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                 CROSS JOIN LATERAL (SELECT flat_number, post_code
                                       FROM address
                                      WHERE address.id = customer.address_id
                                     OFFSET 0) AS address
                 WHERE customer.id > :afterId
                 ORDER BY customer.id
                """;
        stream(
                rows -> reader.accept(rows.limit(limit)),
                handle -> handle.createQuery(sql)
                        .bind("afterId", afterId)
                        .setFetchSize(FETCH_SIZE)
                        .map((row, context) -> new Customer(
                                row.getInt("id"),
                                row.getString("name"),
                                row.getString("email"),
                                new Address(row.getInt("flat_number"), row.getInt("post_code")))));
    }
}
