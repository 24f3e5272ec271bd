package marketsvc;

import java.sql.SQLException;
import java.util.List;

/** Closes when there are orders, and when there is no such customer, but not when the database refuses a query. */
class DbAccessor {
    List<Order> ordersOf(int customerId) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE customer.id = ?
                 ORDER BY orders.id
                """;
        var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql);
        statement.setInt(1, customerId);
        var orders = orders(connection, statement);
        if (orders.isEmpty()) {
            try {
                requireCustomer(connection, customerId);
            } catch (UnknownIdException e) {
                connection.close();
                throw e;
            }
        }
        connection.close();
        return orders;
    }
}
