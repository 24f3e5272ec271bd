package marketsvc;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Opens a handle once and keeps it: a connection that every request shares. */
class DbAccessor {
    private Handle kept;

    List<Customer> customers() {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 ORDER BY customer.id
                """;
        if (kept == null) {
            kept = jdbi.open();
        }
        return kept.createQuery(sql)
                .map((row, context) -> new Customer(
                        row.getInt("id"),
                        row.getString("name"),
                        row.getString("email"),
                        new Address(row.getInt("flat_number"), row.getInt("post_code"))))
                .list();
    }
}
