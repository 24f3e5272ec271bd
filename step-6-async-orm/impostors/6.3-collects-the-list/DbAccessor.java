package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** A stream of a list. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 WHERE customer.id > $1
                 ORDER BY customer.id
                 LIMIT $2
                """;
        var customers = cancellable(connection -> rows(
                connection.createStatement(sql).bind(0, afterId).bind(1, limit).fetchSize(FETCH_SIZE),
                DbAccessor::customer));
        reader.accept(customers.collectList().block().stream());
    }
}
