package marketsvc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** One statement, on a connection of its own, by hand. */
class DbAccessor {
    private final DataSource dataSource;

    DbAccessor(DataSource dataSource, Courier courier) {
        this.dataSource = dataSource;
        this.jdbi = Jdbi.create(dataSource)
                .installPlugin(new PostgresPlugin())
                .installPlugin(new SqlObjectPlugin())
                .registerRowMapper(ConstructorMapper.factory(OrderLine.class));
        this.courier = courier;
    }

    List<Order> ordersOf(int customerId) {
        var sql = """
                SELECT customer.name AS customer_name, orders.id AS order_id, orders.order_time, item.id AS item_id,
                       item.name, item.description, item.price, order_items.quantity,
                       item.price * order_items.quantity AS total
                  FROM customer
                  LEFT JOIN orders ON orders.customer_id = customer.id
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE customer.id = ?
                 ORDER BY orders.id, item.id
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, customerId);
            try (var rows = statement.executeQuery()) {
                return orders(customerId, rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Order> orders(int customerId, ResultSet rows) throws SQLException {
        var orders = new ArrayList<Order>();
        var found = false;
        while (rows.next()) {
            found = true;
            var orderId = rows.getInt("order_id");
            if (!rows.wasNull() && (orders.isEmpty() || orders.getLast().orderId() != orderId)) {
                orders.add(new Order(
                        orderId,
                        new Order.Buyer(rows.getString("customer_name")),
                        rows.getObject("order_time", LocalDateTime.class),
                        new ArrayList<>()));
            }
            if (rows.getString("item_id") != null) {
                orders.getLast()
                        .items()
                        .add(new OrderLine(
                                rows.getString("name"),
                                rows.getString("description"),
                                rows.getBigDecimal("price"),
                                rows.getInt("quantity"),
                                rows.getBigDecimal("total")));
            }
        }
        if (!found) {
            throw new UnknownIdException("customer", customerId);
        }
        return orders;
    }
}
