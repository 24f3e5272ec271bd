package marketsvc;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads page by page, each with a statement of its own: no moment in which the list was so. */
class DbAccessor {
    void customers(int afterId, int limit, Consumer<Stream<Customer>> reader) {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 WHERE customer.id > :afterId
                 ORDER BY customer.id
                 LIMIT :rows
                OFFSET :offset
                """;
        var pages = IntStream.iterate(0, page -> page + 1)
                .mapToObj(page -> jdbi.withHandle(handle -> handle.createQuery(sql)
                        .bind("afterId", afterId)
                        .bind("rows", FETCH_SIZE)
                        .bind("offset", page * FETCH_SIZE)
                        .map((row, context) -> new Customer(
                                row.getInt("id"),
                                row.getString("name"),
                                row.getString("email"),
                                new Address(row.getInt("flat_number"), row.getInt("post_code"))))
                        .list()))
                .takeWhile(page -> !page.isEmpty());
        reader.accept(pages.flatMap(List::stream).limit(limit));
    }
}
