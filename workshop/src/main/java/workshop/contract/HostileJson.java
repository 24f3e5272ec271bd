package workshop.contract;

import java.util.Random;
import java.util.stream.Stream;

/** Bodies that are no JSON, or no JSON object, whatever the end point. */
final class HostileJson {
    private static final String NOT_JSON = """
            {
            }
            [
            ]
            {]
            "
            nul
            undefined
            NaN
            -
            01
            +1
            0x1
            <a/>
            a=1&b=2
            """;

    /** What is replaced in a good body, by what, and leaves no JSON. */
    private static final String SPOILERS = """
            "  '
            ":  =
            ":  \\x":
            ":  \\u12":
            ":  \1":
            }  ,}
            ]  ,]
            [  [,
            ,  ;
            1  01
            1  +1
            1  0x1
            1  .1
            1  1.
            1  1e
            1  1L
            1  Infinity
            """;

    private static final String NOT_AN_OBJECT = """
            null
            true
            1
            1.5
            ""
            "customer_id"
            []
            [1]
            [null]
            """;

    private HostileJson() {}

    /** Not JSON at all; {@code good} is a body that the end point takes. */
    static Stream<HostileBodies> malformed(String good) {
        var brackets = 100_000;
        var spoilt = SPOILERS.lines()
                .map(pair -> pair.split(" {2}"))
                .filter(pair -> good.contains(pair[0]))
                .map(pair -> good.replace(pair[0], pair[1]));
        var wrapped = Stream.of(
                "%s}",
                "%s]", "%s,", "%s x", "%1$s%1$s", "%s\0", "\ufeff%s", "/* */%s", "// \n%s", "# \n%s", ")]}',\n%s");
        var cut = Stream.of("", " ", "\n", "\0", good.substring(1), good.substring(0, good.length() - 1));
        var deep = Stream.of("[", "{\"a\":", "[{\"a\":").map(bracket -> bracket.repeat(brackets));
        return Stream.of(
                        NOT_JSON.lines(),
                        spoilt,
                        wrapped.map(format -> format.formatted(good)),
                        cut,
                        deep,
                        Stream.of("[".repeat(brackets) + "]".repeat(brackets)))
                .flatMap(bodies -> bodies)
                .map(json -> new HostileBodies(json, "body|json"));
    }

    /** JSON, but not an object. */
    static Stream<HostileBodies> notAnObject(String good) {
        return Stream.concat(NOT_AN_OBJECT.lines(), Stream.of("[" + good + "]"))
                .map(json -> new HostileBodies(json, "body|json|object"));
    }

    /** @return {@code good} with one to three characters changed, left out or put in */
    static String mutated(String good, Random random) {
        var text = new StringBuilder(good);
        var characters = "{}[]:,\"'0123456789-.eE+ \\/ntfu\0é";
        for (var i = 0; i <= random.nextInt(3); i++) {
            var at = random.nextInt(text.length());
            var character = characters.charAt(random.nextInt(characters.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, character);
                case 1 -> text.insert(at, character);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }
}
