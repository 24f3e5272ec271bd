package marketsvc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
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
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** The connections that all requests share, few and long-lived; each setting with its reason. */
class Pool {
    private static final String DEFAULT_URL = "jdbc:postgresql://localhost:5432/marketdb?user=market&password=market";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    private static final Duration CREATE_LIMIT = Duration.ofSeconds(3);
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
    private static final Duration MAX_IDLE = Duration.ofMinutes(5);

    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final LoopResources eventLoops = eventLoops();
    private final ConnectionPool connections;

    /** @param environment what the operator chose: MARKETDB_URL, POOL_SIZE, POOL_TIMEOUT_MS */
    Pool(Map<String, String> environment) {
        var driver = driver(environment.getOrDefault("MARKETDB_URL", DEFAULT_URL), eventLoops);
        this.connections = new ConnectionPool(ConnectionPoolConfiguration.builder(driver)
                // All of them at the start: to open some under load takes longer than a client waits.
                .initialSize(size(environment))
                .maxSize(size(environment))
                .maxAcquireTime(patience(environment))
                // Who accepts and then says nothing would keep a place in the pool for ever.
                .maxCreateConnectionTime(CREATE_LIMIT)
                // Each try would have the whole patience again.
                .acquireRetry(0)
                .customizer(pool -> pool.evictionPredicate((connection, use) -> use.lifeTime() > MAX_LIFETIME.toMillis()
                        // A firewall that forgets a connection tells neither side.
                        || use.idleTime() > MAX_IDLE.toMillis()
                        || !isOpen(connection)))
                .build());
        var gauges = connections.getMetrics().orElseThrow();
        gauge("max", gauges, PoolMetrics::getMaxAllocatedSize);
        gauge("allocated", gauges, PoolMetrics::allocatedSize);
        gauge("acquired", gauges, PoolMetrics::acquiredSize);
        gauge("idle", gauges, PoolMetrics::idleSize);
        gauge("pending", gauges, PoolMetrics::pendingAcquireSize);
    }

    ConnectionFactory connections() {
        return connections;
    }

    /**
     * A connection stays with one event loop for life. Loops of our own, and an odd number: each connect takes two in turn, one
     * of them to look the host up, so that of an even number half get no connection; of two, one gets all.
     */
    private static LoopResources eventLoops() {
        return LoopResources.create("postgresql", 1, Runtime.getRuntime().availableProcessors() | 1, true, false);
    }

    /** The driver, by a JDBC URL as the steps before have it. */
    private static ConnectionFactory driver(String url, LoopResources eventLoops) {
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
                .loopResources(eventLoops)
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

    /** Asks the socket, not the server: a connection that was cut is known to be, without a round trip. */
    private static boolean isOpen(Connection connection) {
        return Mono.from(connection.validate(ValidationDepth.LOCAL)).toFuture().getNow(false);
    }

    private void gauge(String name, PoolMetrics pool, ToIntFunction<PoolMetrics> value) {
        Gauge.builder("r2dbc.pool." + name, () -> value.applyAsInt(pool))
                .baseUnit("connections")
                .tag("pool", "market")
                .register(metrics);
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
        // Loops would otherwise wait for two seconds whether somebody has work for them.
        connections
                .disposeLater()
                .then(eventLoops.disposeLater(Duration.ZERO, ANSWER_LIMIT))
                .block();
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
