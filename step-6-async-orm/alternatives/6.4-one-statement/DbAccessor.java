package marketsvc;

/** One statement is a transaction by itself. */
class DbAccessor {
    int add(NewOrder order) {
        var sql = """
                WITH placed AS (INSERT INTO orders (customer_id, order_time)
                                VALUES (:customerId, LOCALTIMESTAMP) RETURNING id)
                INSERT INTO order_items (order_id, item_id, quantity)
                SELECT placed.id, item.id, item.quantity
                  FROM placed, unnest(:ids, :counts) AS item (id, quantity)
                RETURNING order_id
                """;
        var orderId = database.sql(sql)
                .bind("customerId", order.customerId())
                .bind("ids", order.items().stream().map(NewOrder.Item::id).toArray(Integer[]::new))
                .bind("counts", order.items().stream().map(NewOrder.Item::quantity).toArray(Integer[]::new))
                .map(row -> row.get("order_id", Integer.class))
                .all()
                .last()
                .block();
        courier.tellOf(orderId);
        return orderId;
    }
}
