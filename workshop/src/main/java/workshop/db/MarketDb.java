package workshop.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The workshop's PostgreSQL: embedded, or the one that {@code MARKETDB_URL} names (a complete JDBC URL).
 *
 * <p>Nothing is ever dropped in a database that holds anything but the workshop's own tables.
 */
public final class MarketDb implements AutoCloseable {
    /** The application name of the workshop's own connections, which no check counts. */
    public static final String OWN_NAME = "workshop";

    /** Where {@code run}'s database listens if it can, so that other programs find it in the same place each time. */
    private static final int USUAL_PORT = 54320;

    private static final int ANY_PORT = 0;

    /** SQLSTATE: {@code lock_timeout} has passed. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static MarketDb shared;

    private final Optional<EmbeddedServer> server;
    private final String url;
    private final String adminUrl;

    private MarketDb(Optional<EmbeddedServer> server, String url, String adminUrl) {
        this.server = server;
        this.url = url;
        this.adminUrl = adminUrl;
    }

    /** Starts the embedded database, empty, or means the one that {@code MARKETDB_URL} names, as it is. */
    public static MarketDb open() {
        return open(USUAL_PORT);
    }

    private static MarketDb open(int preferredPort) {
        return namedUrl().map(MarketDb::at).orElseGet(() -> embedded(preferredPort, true));
    }

    /** @return the URL of a database that is to be used instead of an embedded one, which all of the workshop then shares */
    public static Optional<String> namedUrl() {
        return Optional.ofNullable(System.getenv("MARKETDB_URL")).filter(url -> !url.isBlank());
    }

    /** As {@link #open()}, with the sample data and nothing else in it. */
    public static MarketDb start() {
        return withSampleData(open());
    }

    private static MarketDb withSampleData(MarketDb db) {
        try {
            db.reset();
            return db;
        } catch (RuntimeException e) {
            db.close();
            throw e;
        }
    }

    /** @param url a complete JDBC URL of a database that is there */
    static MarketDb at(String url) {
        if (!url.matches("jdbc:postgresql://[\\w.-]+(:\\d+)?/.+")) {
            throw new WorkshopException(
                    "MARKETDB_URL has to look like jdbc:postgresql://localhost:5432/marketdb?user=market&password=market");
        }
        return new MarketDb(Optional.empty(), url, url);
    }

    private static MarketDb embedded(int preferredPort, boolean logs) {
        var server = EmbeddedServer.start(preferredPort, logs);
        var host = "jdbc:postgresql://localhost:" + server.port();
        try (var connection =
                        DriverManager.getConnection(host + "/postgres?user=postgres&ApplicationName=" + OWN_NAME);
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE market LOGIN PASSWORD 'market'");
            statement.execute("CREATE DATABASE marketdb OWNER market");
        } catch (SQLException e) {
            server.close();
            throw new WorkshopException("The embedded PostgreSQL refused its set-up: " + e.getMessage(), e);
        }
        var db = new MarketDb(
                Optional.of(server), host + "/marketdb?user=market&password=market", host + "/marketdb?user=postgres");
        db.installStatementStatistics();
        return db;
    }

    private void installStatementStatistics() {
        try (var connection = admin();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA workshop; CREATE EXTENSION pg_stat_statements SCHEMA workshop");
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** One database for all tests and checks of this JVM, stopped when the JVM ends; after a failure the next call tries again. */
    public static synchronized MarketDb shared() {
        if (shared == null) {
            shared = withSampleData(open(ANY_PORT));
        }
        return shared;
    }

    /** @return one more embedded database, for work that must not disturb the shared one */
    public static MarketDb another() {
        return withSampleData(embedded(ANY_PORT, true));
    }

    /** A database whose time is measured: the embedded one without the witness's log, or the one that is named, as it is. */
    public static MarketDb unwatched() {
        return withSampleData(namedUrl().map(MarketDb::at).orElseGet(() -> embedded(ANY_PORT, false)));
    }

    public boolean isEmbedded() {
        return server.isPresent();
    }

    /** @return the JDBC URL, for other programs */
    public String plainUrl() {
        return url;
    }

    /** @return a JDBC URL, complete with user and password, whose sessions carry {@code applicationName} */
    public String url(String applicationName) {
        return named(url, applicationName);
    }

    /** @return {@link #url(String)}, but by way of a relay that listens on {@code port} of this machine */
    public String urlThrough(int port, String applicationName) {
        return named(url.replaceFirst("//[^/]+/", "//localhost:" + port + "/"), applicationName);
    }

    /** @return host and port of the server, as {@code host:port} */
    public String address() {
        var address = url.replaceFirst("^jdbc:postgresql://([^/]+)/.*$", "$1");
        return address.contains(":") ? address : address + ":5432";
    }

    /** @return a connection of the workshop's own: a superuser's when the database is embedded */
    public Connection admin() throws SQLException {
        return DriverManager.getConnection(named(adminUrl, OWN_NAME));
    }

    private static String named(String url, String applicationName) {
        // assumeMinServerVersion: the name travels in the start-up packet, not as a statement of its own.
        return url + (url.contains("?") ? "&" : "?") + "assumeMinServerVersion=18&ApplicationName="
                + URLEncoder.encode(applicationName, StandardCharsets.UTF_8);
    }

    /** Puts schema and sample data back, after making sure that the database is the workshop's own. */
    public void reset() {
        try {
            recreate("state LIKE 'idle in transaction%'");
        } catch (SQLException e) {
            if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw unreachable(e);
            }
            try {
                // Whatever a stage still works at has had its time.
                recreate("state <> 'idle'");
            } catch (SQLException again) {
                throw unreachable(again);
            }
        }
    }

    /** Leaves no table, not even one that somebody has made since {@link #reset()}, which made sure that all was the workshop's. */
    public void empty() {
        try (var connection = admin();
                var statement = connection.createStatement()) {
            statement.execute(resource("empty.sql"));
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** @param ended which sessions must not stand in the way: a condition on pg_stat_activity */
    private void recreate(String ended) throws SQLException {
        try (var connection = DriverManager.getConnection(named(url, OWN_NAME))) {
            connection.setAutoCommit(false);
            if (!isEmbedded()) {
                Ownership.check(connection, address());
            }
            try (var statement = connection.createStatement()) {
                // Whatever search path the user has: the tables are where the mark is.
                statement.execute("SET LOCAL search_path = public");
                // A transaction left open by a stage would make the DROP wait for ever.
                statement.execute("SET LOCAL lock_timeout = '5s'");
                statement.execute("""
                        SELECT pg_terminate_backend(pid)
                          FROM pg_stat_activity
                         WHERE datname = current_database() AND usename = current_user
                           AND pid <> pg_backend_pid() AND\s""" + ended);
                statement.execute(resource("empty.sql"));
                statement.execute(resource("schema.sql"));
                statement.execute(resource("data.sql"));
            }
            connection.commit();
        }
    }

    /**
     * Adds rows to the sample data, inside the database.
     *
     * @param customers how many more, each with an address of its own
     * @param orders how many more, each with 0 to 5 lines
     * @param seed the same seed makes the same rows
     */
    public void generate(long customers, long orders, long seed) {
        try (var connection = admin();
                var statement = connection.createStatement()) {
            statement.execute("SET search_path = public");
            // Foreign keys hold by construction; checking each row would take three quarters of the time.
            if (isEmbedded()) {
                statement.execute("SET session_replication_role = replica");
            }
            statement.execute("SET workshop.customers = %d; SET workshop.orders = %d; SET workshop.seed = %d"
                    .formatted(customers, orders, seed));
            statement.execute(resource("generate.sql"));
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** Before a measurement: new sessions' statements are not logged by the embedded server, and may read what it counts. */
    public void prepareMeasuring() {
        if (isEmbedded()) {
            try (var connection = admin();
                    var statement = connection.createStatement()) {
                statement.execute("""
                        GRANT USAGE ON SCHEMA workshop TO market;
                        ALTER ROLE market SET log_statement = 'none';
                        ALTER ROLE market SET log_duration = off
                        """);
            } catch (SQLException e) {
                throw unreachable(e);
            }
        }
    }

    /** @return what to tell a person when the workshop's own question to the database fails */
    public WorkshopException unreachable(SQLException e) {
        return new WorkshopException(
                isEmbedded()
                        ? "The embedded PostgreSQL says: " + e.getMessage()
                        : "MARKETDB_URL (" + address() + "): " + e.getMessage()
                                + "\nMend the URL, or unset MARKETDB_URL to use the embedded database.",
                e);
    }

    /** Makes sure that the database can store something. @throws WorkshopException where it cannot, with its reason */
    public void requireRoom() {
        try (var connection = admin();
                var statement = connection.createStatement()) {
            // However it ends, nothing is left behind; the commit needs room, too.
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE workshop_room AS SELECT repeat('x', 1000) FROM generate_series(1, 2000)");
            statement.execute("DROP TABLE workshop_room");
            connection.commit();
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    /** Starts the embedded server again, with the data that it had. */
    public void startServer() {
        embeddedServer().start();
    }

    /** Stops the embedded server as an administrator would and keeps its data. */
    public void stopServer() {
        embeddedServer().stop();
    }

    /** Kills the embedded server and all its children with SIGKILL; {@link #startServer()} recovers. */
    public void killServer() {
        embeddedServer().kill();
    }

    /** @return the embedded server's first process; its children serve the sessions */
    public Optional<ProcessHandle> serverProcess() {
        return server.flatMap(EmbeddedServer::postmaster);
    }

    private EmbeddedServer embeddedServer() {
        return server.orElseThrow(() -> new WorkshopException(
                "Only the embedded database can be stopped and started: unset MARKETDB_URL for this."));
    }

    @Override
    public void close() {
        server.ifPresent(EmbeddedServer::close);
    }

    private static String resource(String name) {
        try (var in = MarketDb.class.getResourceAsStream("/workshop/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Decides whether a database may be reset. What is called {@code lesson_…} was left by a check that was stopped. */
    private static final class Ownership {
        private static final List<String> TABLES = List.of("item", "address", "customer", "orders", "order_items");
        private static final String MARK = "marketsvc workshop";

        private static void check(Connection connection, String address) throws SQLException {
            var foreign = foreignObjects(connection);
            if (!foreign.isEmpty()) {
                throw new WorkshopException(
                        "The database %s at %s holds things that are not the workshop's (%s): nothing was touched.\nDrop what a migration of yours has made there, or point MARKETDB_URL at an empty database, or unset it to use the embedded one."
                                .formatted(connection.getCatalog(), address, foreign));
            }
        }

        private static String foreignObjects(Connection connection) throws SQLException {
            var sql = """
                    SELECT string_agg(name, ', ' ORDER BY name)
                      FROM (SELECT DISTINCT n.nspname || '.' || c.relname AS name
                              FROM pg_class c
                              JOIN pg_namespace n ON n.oid = c.relnamespace
                             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
                               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
                               AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
                               AND n.nspname NOT LIKE 'pg\\_temp%' AND n.nspname NOT LIKE 'pg\\_toast\\_temp%'
                               AND NOT (n.nspname = 'public'
                                        AND obj_description(n.oid, 'pg_namespace') IS NOT DISTINCT FROM ?
                                        AND (regexp_replace(c.relname, '^lesson_', '') = ANY (?) OR EXISTS (
                                             SELECT FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
                                              WHERE d.objid = c.oid AND d.deptype IN ('a', 'i')
                                                AND regexp_replace(t.relname, '^lesson_', '') = ANY (?))))
                             UNION
                            SELECT n.nspname || '.' || t.typname
                              FROM pg_type t
                              JOIN pg_namespace n ON n.oid = t.typnamespace
                             WHERE t.typtype IN ('e', 'd', 'r')
                               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
                               AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                             UNION
                            SELECT n.nspname || '.' || p.proname || '()'
                              FROM pg_proc p
                              JOIN pg_namespace n ON n.oid = p.pronamespace
                             WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
                               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
                               AND NOT (n.nspname = 'public'
                                        AND obj_description(n.oid, 'pg_namespace') IS NOT DISTINCT FROM ?
                                        AND starts_with(p.proname, 'lesson_'))) AS found
                    """;
            var tables = connection.createArrayOf("text", TABLES.toArray());
            try (var statement = connection.prepareStatement(sql)) {
                statement.setString(1, MARK);
                statement.setArray(2, tables);
                statement.setArray(3, tables);
                statement.setString(4, MARK);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return Optional.ofNullable(rows.getString(1)).orElse("");
                }
            }
        }
    }
}
