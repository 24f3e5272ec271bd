package marketsvc;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.stream.Gatherer;
import java.util.stream.Stream;

/** Joins the lines in, so that an order without lines is none. */
class DbAccessor {
    /** A row of the join: an order's line, or an order without lines. */
    record Row(int orderId, String customer, LocalDateTime orderTime, OrderLine line) {}

    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        var sql = """
                SELECT orders.id, customer.name AS customer_name, orders.order_time, item.id AS item_id, item.name,
                       item.description, item.price, order_items.quantity, item.price * order_items.quantity AS total
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                  JOIN order_items ON order_items.order_id = orders.id
                  JOIN item ON item.id = order_items.item_id
                 WHERE orders.order_time BETWEEN :after AND :before
                 ORDER BY orders.order_time, orders.id, item.id
                """;
        jdbi.useTransaction(handle -> {
            try (var rows = handle.createQuery(sql)
                    .bind("after", after)
                    .bind("before", before)
                    .setFetchSize(FETCH_SIZE)
                    .map((row, context) -> new Row(
                            row.getInt("id"),
                            row.getString("customer_name"),
                            row.getObject("order_time", LocalDateTime.class),
                            row.getString("item_id") == null
                                    ? null
                                    : new OrderLine(
                                            row.getString("name"),
                                            row.getString("description"),
                                            row.getBigDecimal("price"),
                                            row.getInt("quantity"),
                                            row.getBigDecimal("total"))))
                    .stream()) {
                reader.accept(rows.gather(nested()));
            }
        });
    }

    /** Rows come order by order: each begins an order, or adds a line to the last one. */
    private static Gatherer<Row, Order[], Order> nested() {
        return Gatherer.ofSequential(
                () -> new Order[1],
                (state, row, downstream) -> {
                    var more = true;
                    if (state[0] == null || state[0].orderId() != row.orderId()) {
                        more = state[0] == null || downstream.push(state[0]);
                        state[0] = new Order(
                                row.orderId(), new Order.Buyer(row.customer()), row.orderTime(), new ArrayList<>());
                    }
                    if (row.line() != null) {
                        state[0].items().add(row.line());
                    }
                    return more;
                },
                (state, downstream) -> {
                    if (state[0] != null) {
                        downstream.push(state[0]);
                    }
                });
    }
}
