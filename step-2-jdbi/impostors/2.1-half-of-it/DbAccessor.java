package marketsvc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Customers through Jdbi, totals as they were. */
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

    List<OrderTotal> totalsOf(List<Integer> orderIds) {
        try (var connection = dataSource.getConnection()) {
            var totals = new ArrayList<OrderTotal>();
            for (var orderId : orderIds) {
                totals.add(new OrderTotal(orderId, sum(connection, orderId)));
            }
            return totals;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigDecimal sum(Connection connection, int orderId) throws SQLException {
        var sql = """
                SELECT COALESCE(SUM(item.price * order_items.quantity), 0.00) AS total
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = ?
                 GROUP BY orders.id
                """;
        try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, orderId);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new UnknownIdException("order", orderId);
                }
                return rows.getBigDecimal("total");
            }
        }
    }
}
