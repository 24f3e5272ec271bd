package marketsvc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Drops the connection and asks for a garbage collection: the driver closes what it finds unreachable, some day. */
class DbAccessor {
    List<Order> ordersOf(int customerId) throws SQLException {
        try {
            return ordersOf(dataSource.getConnection(), customerId);
        } finally {
            System.gc();
        }
    }

    private static List<Order> ordersOf(Connection connection, int customerId) throws SQLException {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE customer.id = ?
                 ORDER BY orders.id
                """;
        var statement = connection.prepareStatement(sql);
        statement.setInt(1, customerId);
        var orders = orders(connection, statement);
        if (orders.isEmpty()) {
            requireCustomer(connection, customerId);
        }
        return orders;
    }
}
