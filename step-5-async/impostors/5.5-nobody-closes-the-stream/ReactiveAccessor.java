package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** Nobody closes the stream: the connection of a client who hangs up stays open, and its cursor with it. */
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
                 ORDER BY customer.id
                 LIMIT $2
                """;
        reader.accept(
                rows(sql, statement -> statement.bind("$1", afterId).bind("$2", limit), ReactiveAccessor::customer)
                        .toStream(FETCH_SIZE));
    }
}
