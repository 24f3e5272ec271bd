package marketsvc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks Jdbi for its connection, and does everything by hand on it. */
class DbAccessor {
    List<Customer> customers() {
        var sql = """
                SELECT customer.id, customer.name, customer.email, address.flat_number, address.post_code
                  FROM customer
                  JOIN address ON address.id = customer.address_id
                 ORDER BY customer.id
                """;
        return jdbi.withHandle(handle -> {
            try (var statement = handle.getConnection().prepareStatement(sql);
                    var rows = statement.executeQuery()) {
                var customers = new ArrayList<Customer>();
                while (rows.next()) {
                    var address = new Address(rows.getInt("flat_number"), rows.getInt("post_code"));
                    customers.add(
                            new Customer(rows.getInt("id"), rows.getString("name"), rows.getString("email"), address));
                }
                return customers;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
