package bench;

import io.hyperfoil.http.api.HttpMethod;
import java.nio.charset.StandardCharsets;

/** One request; the body is empty or JSON. */
record Question(HttpMethod method, String path, byte[] body) {
    static Question get(String path) {
        return new Question(HttpMethod.GET, path, new byte[0]);
    }

    static Question post(String path, String json) {
        return new Question(HttpMethod.POST, path, json.getBytes(StandardCharsets.UTF_8));
    }
}
