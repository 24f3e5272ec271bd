package marketsvc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Closes all of them, of which there are as many as orders and one. */
class DbAccessor {
    private List<Order> orders(Connection connection, PreparedStatement statement) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var orders = new ArrayList<Order>();
            while (rows.next()) {
                var orderId = rows.getInt("id");
                try (var another = dataSource.getConnection()) {
                    orders.add(new Order(
                            orderId,
                            new Order.Buyer(rows.getString("name")),
                            rows.getObject("order_time", LocalDateTime.class),
                            linesOf(another, orderId)));
                }
            }
            return orders;
        }
    }
}
