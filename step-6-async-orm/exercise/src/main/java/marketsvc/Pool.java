package marketsvc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** The connections that all requests share, few and long-lived; each setting with its reason. */
class Pool {
    private static final String DEFAULT_URL = "jdbc:postgresql://localhost:5432/marketdb?user=market&password=market";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final Duration CREATE_LIMIT = Duration.ofSeconds(3);

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ConnectionFactory connections;

    /** @param environment what the operator chose: MARKETDB_URL, POOL_SIZE, POOL_TIMEOUT_MS */
    Pool(Map<String, String> environment) {
        // TODO 6.1: a ConnectionPool over this driver: as many connections as size() says, whoever finds none waits
        //  for patience(), a dead one is never lent, more than one event loop serves them, and its gauges are
        //  shown by metrics(). close() closes it.
        this.connections = driver(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL));
    }

    ConnectionFactory connections() {
        return connections;
    }

    /** The driver, by a JDBC URL as the steps before have it. */
    private static ConnectionFactory driver(String url) {
        var parts = parts(url);
        var options = Stream.of(String.valueOf(parts.getRawQuery()).split("&"))
                .filter(option -> option.contains("="))
                .map(option -> option.split("=", 2))
                .collect(toMap(
                        option -> option[0], option -> URLDecoder.decode(option[1], UTF_8), (first, last) -> last));
        return new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(parts.getHost())
                .port(parts.getPort() < 0 ? 5432 : parts.getPort())
                .database(parts.getPath().substring(1))
                .username(options.get("user"))
                .password(options.get("password"))
                .applicationName(options.getOrDefault("ApplicationName", "marketsvc"))
                // Not pgjdbc's "prefer": with it this driver does not notice a server that hangs up at once.
                .sslMode(SSLMode.fromValue(options.getOrDefault("sslmode", "disable")))
                // Who waits on a server that has vanished is told in the end, by the operating system: on Linux after
                // 15 minutes to two hours.
                .tcpKeepAlive(true)
                // Nobody waits for ever behind somebody else's transaction.
                .options(Map.of("lock_timeout", "50s"))
                // Extension types are looked up at each connect, and none is used here.
                .autodetectExtensions(false)
                // Its own would be half a minute.
                .connectTimeout(CREATE_LIMIT)
                .build());
    }

    /** Not {@code URI.create}, whose failure repeats all of it, password and all, and ends up in a log. */
    private static URI parts(String url) {
        try {
            var parts = new URI(url.replaceFirst("^jdbc:", ""));
            if (parts.getHost() != null && parts.getPath().length() > 1) {
                return parts;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "MARKETDB_URL: expected jdbc:postgresql://HOST:PORT/DATABASE?user=NAME&password=WORD, percent-encoded.");
    }

    /** Ten sessions that compute keep a few cores and a disk busy; more would only wait for each other inside the server. */
    private static int size(Map<String, String> environment) {
        return number(environment, "POOL_SIZE", 10, 1, 100);
    }

    /** How long a request may wait for a connection: a client rather hears "later" soon than nothing for long. */
    private static Duration patience(Map<String, String> environment) {
        return Duration.ofMillis(number(environment, "POOL_TIMEOUT_MS", 1000, 250, 60_000));
    }

    /** @return whether there is a connection, and the database answers it, within a second */
    boolean isUp() {
        var answer = Mono.usingWhen(
                connections.create(),
                connection -> Mono.from(connection.validate(ValidationDepth.REMOTE)),
                Connection::close,
                (connection, failure) -> connection.close(),
                // What is still to be answered would be taken for the next borrower's answer.
                connection -> unpooled(connection).close().onErrorComplete().then(Mono.from(connection.close())));
        return answer.timeout(ANSWER_LIMIT).onErrorReturn(false).block();
    }

    private static PostgresqlConnection unpooled(Connection connection) {
        return ((Wrapped<?>) connection).unwrap(PostgresqlConnection.class);
    }

    /** @return its gauges in Prometheus's text format */
    String metrics() {
        return metrics.scrape();
    }

    void close() {
        // Each connection was closed by who opened it.
    }

    /** @return what the operator chose, or else {@code usual}; a wrong choice is told at the start, not worked around */
    static int number(Map<String, String> environment, String name, int usual, int least, int most) {
        var text = environment.getOrDefault(name, Integer.toString(usual));
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    "%s: expected a number from %d to %d, found \"%s\".".formatted(name, least, most, text));
        }
        return Integer.parseInt(text);
    }
}
