package workshop.contract;

import java.net.http.HttpHeaders;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service answered.
 *
 * @param status the HTTP status
 * @param headers all headers, looked up without regard to case
 * @param body the text as it came, empty when there was none
 */
public record Reply(int status, HttpHeaders headers, String body) {
    /** Keeps 30.00 apart from 30.0, and accepts nothing that RFC 8259 does not. */
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** @return the body as a tree, every fraction a BigDecimal with the digits that were sent */
    public JsonNode json() {
        return json(body);
    }

    /** @return {@code text} as a tree that equals an answer's only when each digit does */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new AssertionError("This is not JSON (" + e.getOriginalMessage() + "): " + shortened(text), e);
        }
    }

    /** @return the header's value, empty when it was not sent */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** @return the content type without its parameters, in lower case */
    String mediaType() {
        return header("Content-Type").split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return status + " " + header("Content-Type") + " " + shortened(body);
    }

    /** @return the status, and a problem's detail: what is the same in each run, as its request id and a body are not */
    public String brief() {
        var detail = header("Content-Type").startsWith("application/problem+json")
                ? " \"" + json().path("detail").asString() + "\""
                : "";
        return status + detail;
    }

    static String shortened(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500) + "… (" + text.length() + " characters)";
    }
}
