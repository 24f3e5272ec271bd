package marketsvc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactory;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import reactor.netty.resources.LoopResources;

/** Each statement ends by itself. */
class Pool {
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
                .sslMode(SSLMode.fromValue(options.getOrDefault("sslmode", "disable")))
                .tcpKeepAlive(true)
                .options(Map.of("lock_timeout", "50s"))
                .autodetectExtensions(false)
                .connectTimeout(CREATE_LIMIT)
                .statementTimeout(Duration.ofSeconds(4))
                .loopResources(eventLoops)
                .build());
    }
}
