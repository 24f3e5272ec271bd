package bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/**
 * Reads a {@link Load} from each line of its input and writes an {@link Answer} to its output; ends with its input.
 *
 * <p>A process that stays is warm from the second load on.
 */
final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        var json = new ObjectMapper();
        try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var load = json.readValue(line, Load.class);
                System.out.println(json.writeValueAsString(new Generator(load).run()));
            }
        }
    }
}
