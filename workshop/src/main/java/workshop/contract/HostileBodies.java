package workshop.contract;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A request body that no service should believe.
 *
 * @param json the body
 * @param named a regular expression for what the refusal has to name
 */
record HostileBodies(String json, String named) {
    private static final String NO_NUMBER = """
            null  "1"  ""  "one"  true  []  [1]  {}  1.5  0.999999999999999999999  0  -1  2147483648  -2147483649
            99999999999  9223372036854775808  1e10  1e400  -1e400  1e-400
            """;

    /** Up to the bar, what the refusal has to name. */
    private static final String NOT_AN_ORDER = """
            customer_id | {"items": [{"id": 1, "quantity": 1}]}
            customer_id | {"Customer_id": 1, "items": [{"id": 1, "quantity": 1}]}
            customer_id | {"customer_id": 1, "customer_id": 1, "items": [{"id": 1, "quantity": 1}]}
            customer    | {"customerId": 1, "items": [{"id": 1, "quantity": 1}]}
            customer    | {}
            items       | {"customer_id": 1}
            items       | {"customer_id": 1, "items": null}
            items       | {"customer_id": 1, "items": {}}
            items       | {"customer_id": 1, "items": 1}
            items       | {"customer_id": 1, "items": "1"}
            items       | {"customer_id": 1, "items": {"id": 1, "quantity": 1}}
            items       | {"customer_id": 1, "items": []}
            items       | {"customer_id": 1, "items": [null]}
            items       | {"customer_id": 1, "items": [1]}
            items       | {"customer_id": 1, "items": [[]]}
            items       | {"customer_id": 1, "items": [[{"id": 1, "quantity": 1}]]}
            items       | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}, null]}
            items       | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}], "items": [{"id": 1, "quantity": 1}]}
            quantity    | {"customer_id": 1, "items": [{"id": 1}]}
            quantity    | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}, {"id": 2}]}
            quantity    | {"customer_id": 1, "items": [{"id": 1, "Quantity": 1}]}
            quantity    | {"customer_id": 1, "items": [{"id": 1, "quantity": 1, "quantity": 2}]}
            id          | {"customer_id": 1, "items": [{}]}
            id          | {"customer_id": 1, "items": [{"quantity": 1}]}
            id          | {"customer_id": 1, "items": [{"id": 1, "id": 2, "quantity": 1}]}
            id          | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}, {"id": 1, "quantity": 2}]}
            price       | {"customer_id": 1, "items": [{"id": 1, "quantity": 1, "price": 0.01}]}
            order_time  | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}], "order_time": "2024-01-01"}
            __proto__   | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}], "__proto__": {}}
            @class      | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}], "@class": "Runtime"}
            .           | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}], "": 1}
            .           | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}], "\\u0000": 1}
            .           | {"customer_id": 1, "items": [{"id": 1, "quantity": 1}], "'; DROP TABLE orders; --": 1}
            """;

    private static final String NOT_IDS = """
            orders | {}
            orders | {"orders": null}
            orders | {"orders": {}}
            orders | {"orders": 1}
            orders | {"orders": "1,2"}
            orders | {"orders": true}
            orders | {"orders": []}
            orders | {"orders": [[1]]}
            orders | {"orders": [1], "orders": [2]}
            limit  | {"orders": [1], "limit": 1}
            ids    | {"orders": [1], "ids": [1]}
            """;

    private static final String NOT_A_CUSTOMER = """
            name        | {"email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": null, "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": "", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": "  ", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": "a\\nb", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": "a\\u0000", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": "\\ud800", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": 1, "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": ["D"], "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            name        | {"name": "D", "name": "E", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": null, "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": "", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": "dana", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": "@example.com", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": "dana@", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": "dana@example", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": "da na@example.com", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": "a@b@example.com", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": "dana@example.com\\n", "address": {"flat_number": 1, "post_code": 1}}
            email       | {"name": "Dana", "email": true, "address": {"flat_number": 1, "post_code": 1}}
            address     | {"name": "Dana", "email": "dana@example.com"}
            address     | {"name": "Dana", "email": "dana@example.com", "address": null}
            address     | {"name": "Dana", "email": "dana@example.com", "address": "401, 10004"}
            address     | {"name": "Dana", "email": "dana@example.com", "address": []}
            flat_number | {"name": "Dana", "email": "dana@example.com", "address": {}}
            flat_number | {"name": "Dana", "email": "dana@example.com", "address": {"post_code": 1}}
            post_code   | {"name": "Dana", "email": "dana@example.com", "address": {"flat_number": 1}}
            street      | {"name": "Dana", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1, "street": "x"}}
            id          | {"id": 7, "name": "Dana", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}}
            address_id  | {"name": "Dana", "email": "dana@example.com", "address": {"flat_number": 1, "post_code": 1}, "address_id": 1}
            """;

    /** What POST and PUT of a customer must not take. */
    static Stream<HostileBodies> notACustomer() {
        var format =
                "{\"name\": \"Dana\", \"email\": \"dana@example.com\", \"address\": {\"flat_number\": %s, \"post_code\": %s}}";
        return Stream.of(
                        table(NOT_A_CUSTOMER),
                        numbers("flat_number", format.formatted("%s", "1")),
                        numbers("post_code", format.formatted("1", "%s")),
                        Stream.of(
                                new HostileBodies(format.formatted("1", "1").replace("Dana", "D".repeat(201)), "name"),
                                new HostileBodies(
                                        format.formatted("1", "1").replace("dana@", "d".repeat(200) + "@"), "email")))
                .flatMap(bodies -> bodies);
    }

    /** Objects that are no order. */
    static Stream<HostileBodies> notAnOrder() {
        return Stream.of(
                        table(NOT_AN_ORDER),
                        numbers("customer_id", "{\"customer_id\": %s, \"items\": [{\"id\": 1, \"quantity\": 1}]}"),
                        numbers("id", "{\"customer_id\": 1, \"items\": [{\"id\": %s, \"quantity\": 1}]}"),
                        numbers("quantity", "{\"customer_id\": 1, \"items\": [{\"id\": 1, \"quantity\": %s}]}"),
                        Stream.of("{\"id\": 1, \"quantity\": 1}", "{}", "null", "[]")
                                .map(item -> new HostileBodies(
                                        "{\"customer_id\": 1, \"items\": " + tenThousand(item) + "}", "items")),
                        Stream.of(
                                new HostileBodies(orderOfTenThousand("{\"id\": 10000, \"quantity\": 0}"), "quantity"),
                                new HostileBodies("{\"" + "k".repeat(40_000) + "\": 1}", ".")))
                .flatMap(bodies -> bodies);
    }

    /** What POST /api/orders_total must not take. */
    static Stream<HostileBodies> notIds() {
        return Stream.of(
                        table(NOT_IDS),
                        numbers("orders", "{\"orders\": [1, %s]}"),
                        Stream.of(new HostileBodies("{\"orders\": " + tenThousand("1") + "}", "orders")))
                .flatMap(bodies -> bodies);
    }

    private static Stream<HostileBodies> table(String table) {
        return table.lines().map(line -> line.split(" *\\| ", 2)).map(cells -> new HostileBodies(cells[1], cells[0]));
    }

    private static Stream<HostileBodies> numbers(String named, String format) {
        return Stream.concat(Stream.of(NO_NUMBER.strip().split(" {2}|\n")), Stream.of("9".repeat(900)))
                .map(value -> new HostileBodies(format.formatted(value), named));
    }

    private static String tenThousand(String element) {
        return "[" + String.join(",", Collections.nCopies(10_000, element)) + "]";
    }

    private static String orderOfTenThousand(String last) {
        return IntStream.range(1, 10_000)
                .mapToObj(id -> "{\"id\": " + id + ", \"quantity\": 1}")
                .collect(joining(",", "{\"customer_id\": 1, \"items\": [", "," + last + "]}"));
    }
}
