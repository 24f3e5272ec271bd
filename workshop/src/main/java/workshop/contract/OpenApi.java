package workshop.contract;

import static java.util.stream.Collectors.toMap;

import com.networknt.schema.Error;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code openapi.yaml} as a judge: says whether an answer is one that the contract allows. */
final class OpenApi {
    /** What only the inside of a service knows; the requests of the contract's tests contain none of it. */
    private static final Pattern INSIDES = Pattern.compile(
            "SQLSTATE|ERROR: |\\bSELECT\\b|\\bINSERT INTO\\b|\\b(?:FROM|JOIN) (?:item|address|customer|orders)\\b"
                    + "|constraint|org\\.postgresql|pgjdbc|\\bat marketsvc|\\bjavax?\\.|jackson|jdbc|r2dbc"
                    + "|\\[Source|Exception");

    static final OpenApi CONTRACT = new OpenApi();

    private final JsonNode document = read();
    private final Schemas schemas = new Schemas(document);

    private OpenApi() {}

    static JsonNode read() {
        var yaml = YAMLMapper.builder()
                // 0.01 is no binary fraction, and 30.00 is not 30.0.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
        try (var in = OpenApi.class.getResourceAsStream("/workshop/openapi.yaml")) {
            return yaml.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws AssertionError that says what was answered and what the contract says */
    void check(String method, String path, Reply reply) {
        var violations = violations(method, path, reply);
        if (!violations.isEmpty()) {
            throw new AssertionError("%s %s was answered%n  %s%nand openapi.yaml says%n  %s"
                    .formatted(method, path, reply, String.join(System.lineSeparator() + "  ", violations)));
        }
    }

    private List<String> violations(String method, String path, Reply reply) {
        var answers = answers(method, path);
        var answer = answers.get(Integer.toString(reply.status()));
        if (answer == null) {
            return List.of(
                    "the status is one of " + answers.keySet().stream().sorted().toList());
        }
        var violations = new ArrayList<String>();
        document.at(answer + "/headers").propertyNames().forEach(name -> {
            var schema = answer + "/headers/" + name + "/schema";
            schemas.errors(schema, StringNode.valueOf(reply.header(name)))
                    .forEach(error -> violations.add("header " + name + " " + error.getMessage()));
        });
        var content = document.at(answer + "/content");
        if (content.isEmpty()) {
            violations.addAll(reply.body().isEmpty() ? List.of() : List.of("the body is empty"));
        } else if (!content.has(reply.mediaType())) {
            violations.add("the content type is one of " + content.propertyNames());
        } else {
            violations.addAll(wrongs(answer + "/content/" + escaped(reply.mediaType()) + "/schema", reply));
        }
        return violations;
    }

    private List<String> wrongs(String schema, Reply reply) {
        var body = reply.mediaType().endsWith("json") ? reply.json() : StringNode.valueOf(reply.body());
        var wrongs = new ArrayList<>(
                schemas.errors(schema, body).stream().map(Error::toString).toList());
        if (reply.status() >= 400) {
            if (body.path("status").asInt(reply.status()) != reply.status()) {
                wrongs.add("/status: must be the answer's own");
            }
            insides(reply.body()).forEach(found -> wrongs.add("no answer shows \"" + found + "\""));
        }
        return wrongs;
    }

    /** @return what the text tells about the inside of a service, empty when it keeps it to itself */
    static List<String> insides(String text) {
        return INSIDES.matcher(text).results().map(MatchResult::group).toList();
    }

    /** @return per status of this operation, where its response is described */
    private Map<String, String> answers(String method, String path) {
        var template = document.path("paths").propertyNames().stream()
                .filter(candidate -> path.matches(candidate.replaceAll("\\{\\w+}", "[^/]+")))
                .findFirst();
        if (template.isEmpty()) {
            return Map.of("404", "/components/responses/NotFound");
        }
        var operation = "/paths/" + escaped(template.get()) + "/" + method.toLowerCase(Locale.ROOT);
        if (document.at(operation).isMissingNode()) {
            return Map.of("405", "/components/responses/MethodNotAllowed");
        }
        return document.at(operation + "/responses").properties().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        response -> response.getValue().has("$ref")
                                ? response.getValue().get("$ref").stringValue().substring(1)
                                : operation + "/responses/" + response.getKey()));
    }

    /** @return whether {@code json} is strict JSON and what the schema of this name describes */
    boolean allows(String schema, String json) {
        try {
            return schemas.errors("/components/schemas/" + schema, Reply.JSON.readTree(json))
                    .isEmpty();
        } catch (JacksonException notJson) {
            return false;
        }
    }

    /** @return per path that there is from step 1 on the methods that no step gives it */
    Map<String, List<String>> missingMethods() {
        return document.path("paths").properties().stream()
                .filter(path -> path.getValue()
                        .valueStream()
                        .anyMatch(operation -> operation.has("operationId") && !operation.has("x-from-step")))
                .collect(toMap(
                        Map.Entry::getKey,
                        path -> Stream.of("GET", "POST", "PUT", "DELETE", "PATCH")
                                .filter(method -> !path.getValue().has(method.toLowerCase(Locale.ROOT)))
                                .toList()));
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
