package marketsvc;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads a thousand at a time by key, in one transaction, in which each statement sees what has happened before it. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        jdbi.useTransaction(handle -> {
            var first = page(handle, afterId, Math.min(limit, FETCH_SIZE));
            var pages = Stream.iterate(
                    first,
                    page -> !page.isEmpty(),
                    page -> page.size() < Math.min(limit, FETCH_SIZE)
                            ? List.of()
                            : page(handle, page.getLast().id(), FETCH_SIZE));
            reader.accept(pages.flatMap(List::stream).limit(limit));
        });
    }

    private static List<Customer> page(Handle handle, int afterId, int rows) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 WHERE customer.id > :afterId
                 ORDER BY customer.id
                 LIMIT :rows
                """;
        return handle.createQuery(sql)
                .bind("afterId", afterId)
                .bind("rows", rows)
                .map((row, context) -> new Customer(
                        row.getInt("id"),
                        row.getString("name"),
                        row.getString("email"),
                        new Address(row.getInt("flat_number"), row.getInt("post_code"))))
                .list();
    }
}
