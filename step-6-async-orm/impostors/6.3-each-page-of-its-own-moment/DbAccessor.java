package marketsvc;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads some hundreds at a time by key, each of them as it is then. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var pages = Stream.iterate(
                page(afterId, Math.min(limit, FETCH_SIZE)),
                page -> !page.isEmpty(),
                page -> page.size() < Math.min(limit, FETCH_SIZE) ? List.of() : page(page.getLast().id(), FETCH_SIZE));
        reader.accept(pages.flatMap(List::stream).limit(limit));
    }

    private List<Customer> page(int afterId, int rows) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 WHERE customer.id > :afterId
                 ORDER BY customer.id
                 LIMIT :rows
                """;
        return database.sql(sql)
                .bind("afterId", afterId)
                .bind("rows", rows)
                .map(DbAccessor::customer)
                .all()
                .collectList()
                .block();
    }
}
