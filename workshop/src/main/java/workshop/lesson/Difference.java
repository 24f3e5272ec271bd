package workshop.lesson;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Where an answer differs from what the database holds. */
public final class Difference {
    private Difference() {}

    /**
     * @param served by the service
     * @param stored as the database itself writes it
     * @return a sentence about the first place where they differ; empty when they do not
     */
    public static String between(JsonNode served, JsonNode stored) {
        return at("", served, stored);
    }

    private static String at(String path, JsonNode served, JsonNode stored) {
        if (served.isObject() && stored.isObject()) {
            return ofObjects(path, served, stored);
        }
        if (!served.isArray() || !stored.isArray()) {
            return served.equals(stored) ? "" : "%s is %s, the database says %s".formatted(path, served, stored);
        }
        if (served.size() != stored.size()) {
            return "%s lists %d, the database holds %d%s"
                    .formatted(path.isEmpty() ? "it" : path, served.size(), stored.size(), which(served, stored));
        }
        for (var i = 0; i < stored.size(); i++) {
            var difference = at(path + "[" + i + "]", served.get(i), stored.get(i));
            if (!difference.isEmpty()) {
                return difference;
            }
        }
        return "";
    }

    /** The first that only one of two lists has, when what they list has ids. */
    private static String which(JsonNode served, JsonNode stored) {
        return onlyIn(stored, served)
                .map(" (%s is missing)"::formatted)
                .or(() -> onlyIn(served, stored).map(" (%s is too many)"::formatted))
                .orElse("");
    }

    private static Optional<String> onlyIn(JsonNode list, JsonNode other) {
        return Stream.of("id", "order_id")
                .filter(name -> list.path(0).has(name))
                .flatMap(name -> list.valueStream()
                        .map(one -> one.get(name))
                        .filter(id -> other.valueStream()
                                .noneMatch(one -> one.path(name).equals(id)))
                        .map(id -> "%s %s".formatted(name, id)))
                .findFirst();
    }

    private static String ofObjects(String path, JsonNode served, JsonNode stored) {
        for (var name : stored.propertyNames()) {
            var difference = at(path.isEmpty() ? name : path + "." + name, served.path(name), stored.get(name));
            if (!difference.isEmpty()) {
                return difference;
            }
        }
        var more = new TreeSet<>(served.propertyNames());
        more.removeAll(stored.propertyNames());
        return more.isEmpty() ? "" : "%s has %s, which nobody expects".formatted(path, more.first());
    }
}
