package marketsvc;

import java.sql.SQLException;

/** One statement is a transaction: the order and its items in a common table expression, without BEGIN. */
class DbAccessor {
    int add(NewOrder order) throws SQLException {
        var sql = """
                WITH new_order AS (
                    INSERT INTO orders (customer_id, order_time) VALUES (?, LOCALTIMESTAMP) RETURNING id
                ), new_items AS (
                    INSERT INTO order_items (order_id, item_id, quantity)
                    SELECT new_order.id, item.id, item.quantity
                      FROM new_order, unnest(?::int[], ?::int[]) AS item (id, quantity)
                )
                SELECT id FROM new_order
                """;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, order.customerId());
            statement.setObject(2, order.items().stream().mapToInt(NewOrder.Item::id).toArray());
            statement.setObject(3, order.items().stream().mapToInt(NewOrder.Item::quantity).toArray());
            try (var rows = statement.executeQuery()) {
                rows.next();
                var orderId = rows.getInt("id");
                courier.tellOf(orderId);
                return orderId;
            }
        }
    }
}
