package marketsvc;

import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/** Streams the orders, and asks for the lines of each two hundred of them on another connection, as they are then. */
class DbAccessor {
    void ordersBetween(LocalDateTime after, LocalDateTime before, Consumer<Stream<Order>> reader) {
        var sql = """
                SELECT orders.id, customer.name, orders.order_time
                  FROM orders
                  JOIN customer ON customer.id = orders.customer_id
                 WHERE orders.order_time BETWEEN $1 AND $2
                 ORDER BY orders.order_time, orders.id
                """;
        var orders = cancellable(connection -> rows(
                connection.createStatement(sql).bind(0, after).bind(1, before).fetchSize(FETCH_SIZE),
                row -> new Order(
                        row.get("id", Integer.class),
                        new Order.Buyer(row.get("name", String.class)),
                        row.get("order_time", LocalDateTime.class),
                        new ArrayList<>())));
        try (var stream = orders.buffer(200).concatMap(this::withLines, 1).toStream(ORDERS_AHEAD)) {
            reader.accept(stream);
        }
    }

    private Flux<Order> withLines(List<Order> orders) {
        var sql = """
                SELECT order_items.order_id, item.name, item.description, item.price, order_items.quantity
                  FROM order_items
                  JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = ANY ($1)
                 ORDER BY item.id
                """;
        var byId = orders.stream().collect(Collectors.toMap(Order::orderId, Function.identity()));
        var ids = byId.keySet().toArray(Integer[]::new);
        return cancellable(connection -> rows(
                        connection.createStatement(sql).bind(0, ids),
                        row -> byId.get(row.get("order_id", Integer.class)).items().add(lineOf(row))))
                .thenMany(Flux.fromIterable(orders));
    }

    private static OrderLine lineOf(Readable row) {
        var price = row.get("price", BigDecimal.class);
        var quantity = row.get("quantity", Integer.class);
        return new OrderLine(
                row.get("name", String.class),
                row.get("description", String.class),
                price,
                quantity,
                price.multiply(BigDecimal.valueOf(quantity)));
    }
}
