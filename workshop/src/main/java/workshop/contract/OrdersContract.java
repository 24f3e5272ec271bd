package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** GET /api/orders. */
interface OrdersContract {
    @Test
    default void anOrderListsItsItemsWithPricesAndTotals(Market market) {
        var reply = market.get("/api/orders?cust_id=1");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(Reply.json("""
                [{"order_id": 1, "customer": {"name": "Alex"}, "order_time": "2024-03-18T10:30:00", "items": [
                  {"name": "Milk", "description": "1L bottle of milk", "price": 5.00, "quantity": 1, "total": 5.00},
                  {"name": "Kit Kat", "description": "Chocolate bar", "price": 1.00, "quantity": 4, "total": 4.00},
                  {"name": "Bread", "description": "Loaf of bread", "price": 10.50, "quantity": 2, "total": 21.00}]}]
                """));
    }

    @Test
    default void anOrderWithoutItemsIsListedToo(Market market) {
        assertThat(market.get("/api/orders?cust_id=2").json()).isEqualTo(Reply.json("""
                [{"order_id": 3, "customer": {"name": "Blake"}, "order_time": "2024-03-25T15:00:00", "items": []}]
                """));
    }

    @Test
    default void aCustomerWithoutOrdersHasAnEmptyList(Market market) {
        market.execute("DELETE FROM orders WHERE customer_id = 2");
        var reply = market.get("/api/orders?cust_id=2");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEmpty();
    }

    @Test
    default void ordersOfAnUnknownCustomerAreNotFound(Market market) {
        var reply = market.get("/api/orders?cust_id=4711");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().get("detail").stringValue()).contains("4711");
        assertThat(market.get("/api/orders?cust_id=2147483647").status()).isEqualTo(404);
    }

    @Test
    default void ordersAreListedByIdAndTheirItemsByItemId(Market market) {
        market.execute("""
                INSERT INTO orders (customer_id, order_time)
                VALUES (1, '2024-01-01'), (2, '2024-01-01'), (1, '2023-01-01');
                INSERT INTO order_items VALUES (6, 4, 1), (6, 3, 1), (4, 4, 2), (4, 1, 2), (5, 1, 9), (6, 1, 1);
                UPDATE orders SET order_time = order_time WHERE id = 1;
                UPDATE item SET name = name WHERE id = 1;
                """);
        var orders = market.get("/api/orders?cust_id=1").json();
        assertThat(orders.findValuesAsString("order_id")).containsExactly("1", "4", "6");
        assertThat(orders.get(1).findValuesAsString("name")).containsExactly("Alex", "Milk", "Onion");
        assertThat(orders.get(2).findValuesAsString("name")).containsExactly("Alex", "Milk", "Bread", "Onion");
    }

    @Test
    default void twoItemsOfOneNameStayTwoLines(Market market) {
        market.execute("UPDATE item SET name = 'Milk', description = NULL, price = 1 WHERE id IN (1, 2)");
        var items = market.get("/api/orders?cust_id=1").json().at("/0/items");
        assertThat(items.findValuesAsString("quantity")).containsExactly("1", "4", "2");
        assertThat(items.at("/1/description").isNull()).isTrue();
    }

    @Test
    default void anOrderTimeKeepsItsFraction(Market market) {
        market.execute("UPDATE orders SET order_time = '2024-03-18 10:30:00.120345' WHERE id = 1");
        assertThat(market.get("/api/orders?cust_id=1")
                        .json()
                        .at("/0/order_time")
                        .stringValue())
                .isEqualTo("2024-03-18T10:30:00.120345");
    }

    @Test
    default void anOrderTimeThatClocksSkippedIsLeftAsItIs(Market market) {
        // 02:30 did not exist that night in Berlin, nor in New York on 2024-03-10: a timestamp has no zone to care.
        market.execute("UPDATE orders SET order_time = '2024-03-31 02:30:00' WHERE id = 1");
        market.execute("UPDATE orders SET order_time = '2024-03-10 02:30:00' WHERE id = 2");
        assertThat(market.get("/api/orders?cust_id=1")
                        .json()
                        .at("/0/order_time")
                        .stringValue())
                .isEqualTo("2024-03-31T02:30:00");
        assertThat(market.get("/api/orders?cust_id=3")
                        .json()
                        .at("/0/order_time")
                        .stringValue())
                .isEqualTo("2024-03-10T02:30:00");
    }
}
