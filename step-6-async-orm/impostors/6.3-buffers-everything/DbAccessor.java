package marketsvc;

import java.util.function.Consumer;
import java.util.stream.Stream;

/** A queue that takes all that the database has. */
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
        var customers = cancellable(database -> database.sql(sql)
                .bind("afterId", afterId)
                .bind("limit", limit)
                .filter(statement -> statement.fetchSize(FETCH_SIZE))
                .map(DbAccessor::customer)
                .all());
        try (var stream = customers.onBackpressureBuffer().toStream()) {
            reader.accept(stream);
        }
    }
}
