package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** Cuts the page out before it looks for addresses. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM (SELECT id, name, email, address_id
                          FROM customer
                         WHERE id > :afterId
                         ORDER BY id
                         LIMIT :limit) AS customer
                  JOIN address ON address.id = customer.address_id
                 ORDER BY customer.id
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
