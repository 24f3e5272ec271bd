package workshop.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OpenApiTest {
    private static final String TOTAL = "{\"order_id\": 1, \"total_cost\": 30.00}";
    private static final String PROBLEM =
            "{\"type\": \"about:blank\", \"title\": \"Not Found\", \"status\": 404, \"detail\": \"No such order.\"}";

    private final JsonNode document = OpenApi.read();
    private final OpenApi contract = OpenApi.CONTRACT;

    @Test
    void everyExampleIsWhatItsSchemaDescribes() {
        var examples = Placed.all(document, "").stream()
                .filter(place -> place.node().has("schema") && place.node().has("example"))
                .toList();
        assertThat(examples)
                .hasSizeGreaterThan(15)
                .allSatisfy(place -> assertThat(new Schemas(document)
                                .errors(
                                        place.pointer() + "/schema",
                                        place.node().get("example")))
                        .as(place.pointer())
                        .isEmpty());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(Placed.all(document, ""))
                .filteredOn(place -> place.node().has("$ref"))
                .allSatisfy(place -> {
                    var target = place.node().get("$ref").stringValue();
                    assertThat(document.at(target.substring(1)).isMissingNode())
                            .as(target)
                            .isFalse();
                });
    }

    @Test
    void anAnswerByTheContractIsAccepted() {
        assertThatCode(() -> check("/api/order_total", 200, "application/json", TOTAL))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("/api/order_total", 404, "application/problem+json", PROBLEM))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("/nowhere", 404, "application/problem+json", PROBLEM))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("/", 200, "text/plain;charset=utf-8", "Welcome to MarketPlace!"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"order_id": 1, "total_cost": 30.0}            | 2 decimals
            {"order_id": 1, "total_cost": 30}              | 2 decimals
            {"order_id": 1, "total_cost": 3E1}             | 2 decimals
            {"order_id": 1, "total_cost": 30.001}          | multiple of 0.01
            {"order_id": 1, "total_cost": "30.00"}         | string found, number expected
            {"order_id": 1, "total_cost": 30.00, "x": 1}   | property 'x'
            {"order_id": 1}                                | total_cost
            {"order_id": 0, "total_cost": 30.00}           | minimum value of 1
            {"order_id": 1, "total_cost": 30.00, "total_cost": 30.00} | Duplicate
            {"order_id": 1, "total_cost": 30.00} x         | not JSON
            null                                           | null found, object expected
            """)
    void aBodyAgainstTheContractIsNamed(String body, String named) {
        assertThatThrownBy(() -> check("/api/order_total", 200, "application/json", body))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "about:blank", "title": "x", "status": 400, "detail": "x"}                | /status
            {"type": "about:blank", "title": "x", "status": 404}                               | detail
            {"type": "no uri", "title": "x", "status": 404, "detail": "x"}                     | uri-reference
            {"type": "about:blank", "title": "x", "status": 404, "detail": "ERROR: no table"}  | shows "ERROR: "
            {"type": "about:blank", "title": "x", "status": 404, "detail": "at marketsvc.X.y"} | shows "at marketsvc"
            """)
    void aProblemAgainstTheContractIsNamed(String body, String named) {
        assertThatThrownBy(() -> check("/api/order_total", 404, "application/problem+json", body))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(named);
    }

    @Test
    void aWrongStatusTypeOrHeaderIsNamed() {
        assertThatThrownBy(() -> check("/api/order_total", 204, "application/json", TOTAL))
                .hasMessageContaining("the status is one of [200, 400, 404, 500, 503, 504]");
        assertThatThrownBy(() -> check("/api/order_total", 200, "text/plain", TOTAL))
                .hasMessageContaining("the content type is one of [application/json]");
        assertThatThrownBy(() -> check("/api/order_total", 404, "application/json", PROBLEM))
                .hasMessageContaining("the content type is one of [application/problem+json]");
        assertThatThrownBy(() -> check("/api/order_total", 503, "application/problem+json", PROBLEM))
                .hasMessageContaining("header Retry-After");
    }

    @Test
    void aKnownPathAllowsNoOtherMethodsAndAnUnknownPathNothing() {
        assertThatThrownBy(() -> contract.check("PUT", "/api/order_total", reply(200, "application/json", TOTAL)))
                .hasMessageContaining("the status is one of [405]");
        assertThatThrownBy(() -> check("/api/order_total/1", 200, "application/json", TOTAL))
                .hasMessageContaining("the status is one of [404]");
        assertThat(contract.missingMethods())
                .containsEntry("/api/orders_total", List.of("PUT", "DELETE", "PATCH"))
                .containsEntry("/api/customers", List.of("PUT", "DELETE", "PATCH"))
                .doesNotContainKey("/health")
                .hasSize(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"customer_id": 1, "items": [{"id": 2, "quantity": 4}]}                   | true
            {"customer_id": 1, "items": []}                                           | false
            {"customer_id": 1, "customer_id": 1, "items": [{"id": 2, "quantity": 4}]} | false
            {"customer_id": 1, "items": [{"id": 2, "quantity": 4}]} {}                | false
            {"customer_id": 01, "items": [{"id": 2, "quantity": 4}]}                  | false
            """)
    void whatIsAllowedIsStrictJsonThatItsSchemaDescribes(String json, boolean allowed) {
        assertThat(contract.allows("NewOrder", json)).isEqualTo(allowed);
    }

    private void check(String path, int status, String contentType, String body) {
        contract.check("GET", path, reply(status, contentType, body));
    }

    private static Reply reply(int status, String contentType, String body) {
        var headers = HttpHeaders.of(Map.of("Content-Type", List.of(contentType)), (name, value) -> true);
        return new Reply(status, headers, body);
    }

    /** A node of the document and where it is. */
    private record Placed(JsonNode node, String pointer) {
        static List<Placed> all(JsonNode node, String pointer) {
            var all = new ArrayList<>(List.of(new Placed(node, pointer)));
            node.properties()
                    .forEach(child -> all.addAll(all(
                            child.getValue(),
                            pointer + "/" + child.getKey().replace("~", "~0").replace("/", "~1"))));
            for (var i = 0; node.isArray() && i < node.size(); i++) {
                all.addAll(all(node.get(i), pointer + "/" + i));
            }
            return all;
        }
    }
}
