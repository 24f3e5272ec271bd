package marketsvc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client sent, read strictly: what is missing, unknown, repeated or malformed is answered 400, by name. */
class Input {
    private static final String NUMBER = "a number from 1 to " + Integer.MAX_VALUE;
    private static final String TIME = "a date or date-time such as 2024-03-14 or 2024-03-14T10:30:00";
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern DATE = Pattern.compile("(?!0000)[0-9]{4}-[0-9-]{5}(T.*)?");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, List<String>> query;

    private Input(Map<String, List<String>> query) {
        this.query = query;
    }

    /** @param names the parameters that the request may have */
    static Input query(Context ctx, String... names) {
        var query = Objects.requireNonNullElse(ctx.queryString(), "");
        // Javalin drops what it cannot decode, as if it had never been sent.
        if (BROKEN_ESCAPE.matcher(query).find()) {
            throw expected("query", "two hexadecimal digits after each %");
        }
        rejectUnknown("", ctx.queryParamMap().keySet(), names);
        return new Input(ctx.queryParamMap());
    }

    String text(String name) {
        var values = query.getOrDefault(name, List.of(""));
        if (values.size() != 1) {
            throw expected(name, "one value");
        }
        return values.getFirst();
    }

    int id(String name) {
        return number(name, text(name));
    }

    List<Integer> ids(String name) {
        var texts = text(name).split(",", -1);
        requireAtMost1000(texts.length);
        return Stream.of(texts).map(text -> number(name, text)).toList();
    }

    LocalDateTime time(String name) {
        var text = text(name);
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDateTime.parse(text.contains("T") ? text : text + "T00:00");
            }
            throw expected(name, TIME);
        } catch (DateTimeParseException e) {
            throw expected(name, TIME);
        }
    }

    static List<Integer> orderIds(Context ctx) {
        var orders = array("orders", object("body", json(ctx), "orders").path("orders"));
        requireAtMost1000(orders.size());
        var ids = new ArrayList<Integer>();
        for (var id : orders) {
            ids.add(number("orders[" + ids.size() + "]", id));
        }
        return ids;
    }

    static NewOrder newOrder(Context ctx) {
        var order = object("body", json(ctx), "customer_id", "items");
        var customerId = number("customer_id", order.path("customer_id"));
        var items = new ArrayList<NewOrder.Item>();
        var itemIds = new HashSet<Integer>();
        for (var node : array("items", order.path("items"))) {
            var path = "items[" + items.size() + "]";
            var item = object(path, node, "id", "quantity");
            var id = number(path + ".id", item.path("id"));
            if (!itemIds.add(id)) {
                throw expected(path + ".id", "each item at most once");
            }
            items.add(new NewOrder.Item(id, number(path + ".quantity", item.path("quantity"))));
        }
        return new NewOrder(customerId, items);
    }

    private static JsonNode json(Context ctx) {
        query(ctx);
        var contentType = Objects.requireNonNullElse(ctx.header(Header.CONTENT_TYPE), "");
        if (!contentType.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new UnsupportedMediaTypeResponse("Content-Type: expected application/json");
        }
        try {
            var bytes = ByteBuffer.wrap(ctx.bodyAsBytes());
            return JSON.readTree(UTF_8.newDecoder().decode(bytes).toString());
        } catch (IOException e) {
            throw expected("body", "as many bytes as announced, in UTF-8");
        } catch (JacksonException e) {
            // What follows the first punctuation is for Java programmers.
            throw expected("body", "JSON: " + e.getOriginalMessage().split(" ?[(:]", 2)[0]);
        }
    }

    private static JsonNode object(String path, JsonNode node, String... fields) {
        if (!node.isObject()) {
            throw expected(path, "an object with " + String.join(" and ", fields));
        }
        rejectUnknown(path.equals("body") ? "" : path + ".", node.propertyNames(), fields);
        return node;
    }

    private static JsonNode array(String path, JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw expected(path, "an array that is not empty");
        }
        return node;
    }

    private static int number(String path, JsonNode node) {
        if (!node.isInt() || node.intValue() < 1) {
            throw expected(path, NUMBER);
        }
        return node.intValue();
    }

    private static int number(String name, String text) {
        if (!ID.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw expected(name, NUMBER);
        }
        return Integer.parseInt(text);
    }

    private static void requireAtMost1000(int orders) {
        if (orders > 1000) {
            throw expected("orders", "at most 1000 ids");
        }
    }

    private static void rejectUnknown(String path, Collection<String> names, String... known) {
        for (var name : names) {
            if (!List.of(known).contains(name)) {
                throw expected(path + name, known.length == 0 ? "no parameter" : "only " + String.join(" and ", known));
            }
        }
    }

    private static BadRequestResponse expected(String name, String what) {
        return new BadRequestResponse(name + ": expected " + what);
    }
}
