package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** In the order of the table, as a rule. */
class ReactiveAccessor {
    @Override
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                 CROSS JOIN LATERAL (SELECT flat_number, post_code
                                       FROM address
                                      WHERE address.id = customer.address_id
                                     OFFSET 0) AS address
                 WHERE customer.id > $1
                 LIMIT $2
                """;
        var customers =
                rows(sql, statement -> statement.bind("$1", afterId).bind("$2", limit), ReactiveAccessor::customer);
        // A virtual thread takes them from a queue of this size; when it is full, no more are asked for.
        try (var stream = customers.toStream(FETCH_SIZE)) {
            reader.accept(stream);
        }
    }
}
