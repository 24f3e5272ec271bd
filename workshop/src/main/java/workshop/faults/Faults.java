package workshop.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;

/** Everything that can go wrong between a service and its database, on purpose: for checks, and for {@code ./run.sh fault}. */
public final class Faults implements AutoCloseable {
    private final MarketDb db;
    private final Relay relay;
    private final Courier courier;
    private final String application;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final Set<String> locked = new HashSet<>();
    private boolean stopped;

    /**
     * @param relay the line between the service and {@code db}
     * @param courier whom the service tells of new orders
     * @param application the application name of the service's sessions
     */
    public Faults(MarketDb db, Relay relay, Courier courier, String application) {
        this.db = db;
        this.relay = relay;
        this.courier = courier;
        this.application = application;
    }

    /** @return the line's own knobs: latency, and a cut at a byte */
    public Relay relay() {
        return relay;
    }

    public Courier courier() {
        return courier;
    }

    /** @return in words how many sessions the service has in the database now, and what they do */
    public String sessions() {
        var sql = """
                SELECT format('%s open, %s busy, %s idle in a transaction', count(*),
                              count(*) FILTER (WHERE state = 'active'),
                              count(*) FILTER (WHERE state LIKE 'idle in transaction%'))
                  FROM pg_stat_activity
                 WHERE application_name = ?
                """;
        try (var connection = db.admin();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, application);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            return "the database does not answer";
        }
    }

    /** Ends the service's sessions as an administrator would, {@code pg_terminate_backend}. @return how many there were */
    public int killSessions() {
        return kill("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = ?");
    }

    /**
     * Ends one of the service's sessions, as {@link #killSessions()} does all.
     *
     * @param table which the statement that it executes now has to mention
     * @return whether there was one
     */
    public boolean killOneAtWork(String table) {
        return killOne("active", table);
    }

    /** Ends one of the service's sessions that waits to be asked. @return whether there was one */
    public boolean killOneIdle() {
        return killOne("idle", "");
    }

    private boolean killOne(String state, String words) {
        return kill("""
                SELECT count(pg_terminate_backend(pid))
                  FROM (SELECT min(pid) AS pid
                          FROM pg_stat_activity
                         WHERE application_name = ? AND state = ? AND position(? IN query) > 0) AS one
                """, state, words) > 0;
    }

    /** @param sql which tells how many sessions it ended; its first parameter is the service's application name */
    private int kill(String sql, String... more) {
        try (var connection = db.admin();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, application);
            for (var i = 0; i < more.length; i++) {
                statement.setString(2 + i, more[i]);
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new WorkshopException("The service's sessions cannot be killed: " + e.getMessage(), e);
        }
    }

    /** Stops the embedded database; {@link #startDatabase()} or {@link #off()} starts it. */
    public synchronized void stopDatabase() {
        stopped = db.isEmbedded(); // also when it takes longer than somebody waits for it
        db.stopServer();
    }

    /** Starts the embedded database with the data that it had. */
    public synchronized void startDatabase() {
        if (stopped) {
            db.startServer();
            stopped = false;
        }
    }

    /** Locks a table, so that every statement that touches it waits until {@link #off()}. */
    public synchronized void lock(String table) {
        if (!locked.add(table)) {
            return;
        }
        try {
            held.push(locking(table, db.admin()));
        } catch (SQLException e) {
            locked.remove(table);
            throw new WorkshopException("The table " + table + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private static Connection locking(String table, Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL lock_timeout = '2s'");
            statement.execute("LOCK TABLE " + statement.enquoteIdentifier(table, false) + " IN ACCESS EXCLUSIVE MODE");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Keeps every connection of the service busy until {@link #off()}: requests that wait for a locked table.
     *
     * @param requests how many at once, more than the service's pool has connections
     */
    public synchronized void fillPool(URI service, int requests) {
        lock("customer");
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        held.push(client::shutdownNow);
        var request = HttpRequest.newBuilder(service.resolve("/api/customers")).build();
        for (var i = 0; i < requests; i++) {
            client.sendAsync(request, BodyHandlers.discarding());
        }
    }

    /** Reads {@code /api/customers} slowly until {@link #off()} or its end. */
    public synchronized SlowReader readSlowly(URI service, int bytesPerSecond) {
        try {
            var reader = SlowReader.start(service.resolve("/api/customers"), bytesPerSecond);
            held.push(reader);
            return reader;
        } catch (IOException e) {
            throw new WorkshopException("The service does not answer: " + e.getMessage(), e);
        }
    }

    /** Undoes all faults. */
    public synchronized void off() {
        relay.off();
        courier.reset();
        unlock();
        startDatabase();
    }

    /** Releases what is locked, and all that is held, and leaves the other faults as they are. */
    public synchronized void unlock() {
        locked.clear();
        while (!held.isEmpty()) {
            release(held.pop());
        }
    }

    private static void release(AutoCloseable fault) {
        try {
            if (fault instanceof Connection connection) {
                connection.rollback();
            }
            fault.close();
        } catch (Exception e) {
            // A stop of the database has released it already.
            System.Logger logger = System.getLogger(Faults.class.getName());
            logger.log(System.Logger.Level.DEBUG, "released before", e);
        }
    }

    /** Undoes all faults for good, and closes the line and the courier. */
    @Override
    public void close() throws IOException {
        off();
        courier.close();
        relay.close();
    }
}
