package marketsvc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactory;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Map;
import java.util.stream.Stream;
import reactor.netty.resources.LoopResources;

/** Leaves the loops to reactor-netty, which has four or more: half of them get connections. */
class Pool {
    /** The driver, by a JDBC URL as the steps before have it. */
    private static ConnectionFactory driver(String url, LoopResources eventLoops) {
        var parts = URI.create(url.replaceFirst("^jdbc:", ""));
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
                // Who waits on a server that has vanished is told in the end, by the operating system: on Linux after
                // 15 minutes to two hours.
                .tcpKeepAlive(true)
                // Nobody waits for ever behind somebody else's transaction.
                .options(Map.of("lock_timeout", "50s"))
                // Extension types are looked up at each connect, and none is used here.
                .autodetectExtensions(false)
                .build());
    }
}
