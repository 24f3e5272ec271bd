package workshop.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.witness.Witness;

/** Each fault does what it says, and "off" undoes it. */
class FaultsTest {
    private static final MarketDb DB = MarketDb.shared();
    private static final String SERVICE = "faulty-service";
    private static final int ANSWER_BYTES = 64 << 20; // more than any socket buffer takes

    private Relay relay;
    private Faults faults;
    private HttpServer service;
    private URI serviceUri;
    private final CountDownLatch answered = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        DB.reset();
        relay = Relay.to(DB.address());
        faults = new Faults(DB, relay, Courier.open(), SERVICE);
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/api/customers", exchange -> {
            exchange.sendResponseHeaders(200, ANSWER_BYTES);
            exchange.getResponseBody().write(new byte[ANSWER_BYTES]);
            exchange.close();
            answered.countDown();
        });
        service.start();
        serviceUri = URI.create("http://localhost:" + service.getAddress().getPort());
    }

    @AfterEach
    void stop() throws IOException {
        faults.close();
        service.stop(0);
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(DB.url(SERVICE));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void killingEndsTheServicesSessionsAndNoOthers() throws SQLException {
        try (var ours = connect();
                var others = DriverManager.getConnection(DB.url("somebody-else"))) {
            assertThat(faults.killSessions()).isEqualTo(1);
            assertThatThrownBy(() -> execute(ours, "SELECT 1")).isInstanceOf(SQLException.class);
            execute(others, "SELECT 1");
        }
    }

    @Test
    void itIsToldWhatTheServicesSessionsDo() throws SQLException {
        try (var idle = connect();
                var within = connect()) {
            within.setAutoCommit(false);
            execute(within, "SELECT 1");
            assertThat(idle.isClosed()).isFalse();
            // Those of the test before may not have ended yet.
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(faults.sessions()).isEqualTo("2 open, 0 busy, 1 idle in a transaction"));
        }
    }

    @Test
    void aLockedTableMakesStatementsWaitUntilOff() throws SQLException {
        faults.lock("customer");
        try (var connection = connect()) {
            execute(connection, "SET lock_timeout = '100ms'");
            assertThatThrownBy(() -> execute(connection, "SELECT FROM customer"))
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("55P03");
            faults.off();
            execute(connection, "SELECT FROM customer");
        }
    }

    @Test
    void whatCannotBeLockedLeavesNoSessionBehind() throws SQLException {
        var sql =
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%no_such_table%' AND pid <> pg_backend_pid()";
        assertThatThrownBy(() -> faults.lock("no_such_table")).isInstanceOf(WorkshopException.class);
        try (var connection = DB.admin();
                var statement = connection.createStatement()) {
            Awaitility.await().untilAsserted(() -> {
                try (var rows = statement.executeQuery(sql)) {
                    rows.next();
                    assertThat(rows.getInt(1)).isZero();
                }
            });
        }
    }

    @Test
    void aFaultThatFailsByItselfIsAnswered() throws Exception {
        var desk = FaultDesk.open(null, serviceUri);
        assertThat(turn(desk, "off")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("NullPointerException", "./run.sh fault off");
        });
    }

    @Test
    void aStoppedDatabaseIsStartedByOff() throws SQLException {
        faults.stopDatabase();
        assertThatThrownBy(FaultsTest::connect).isInstanceOf(SQLException.class);
        faults.off();
        try (var connection = connect()) {
            execute(connection, "SELECT FROM customer");
        }
    }

    @Test
    void aSlowReaderTakesItsTimeAndCanHangUp() throws IOException, InterruptedException {
        try (var reader = faults.readSlowly(serviceUri, 100_000)) {
            Awaitility.await().until(() -> reader.bytes() > 10_000);
            assertThat(reader.ended()).isFalse();
            assertThat(answered.getCount()).as("the service is still writing").isEqualTo(1);
        }
    }

    @Test
    void theDeskTakesAWordAndSaysWhatIsWrongNow() throws Exception {
        var desk = FaultDesk.open(faults, serviceUri);
        assertThat(turn(desk, "latency 50ms").body()).contains("50 ms longer");
        assertThat(turn(desk, "lock customer").body()).contains("customer wait");
        assertThat(turn(desk, "off").body()).contains("All is well");
        assertThat(turn(desk, "latency soon")).satisfies(refusal -> {
            assertThat(refusal.statusCode()).isEqualTo(400);
            assertThat(refusal.body()).contains("50ms or 2s");
        });
        assertThat(turn(desk, "lock no_such_table").statusCode()).isEqualTo(400);
        assertThat(turn(desk, "panic").body()).contains("latency 50ms", "off");
    }

    @Test
    void theDeskHearsNoWebPage() throws Exception {
        var desk = FaultDesk.open(faults, serviceUri);
        var refusal = turn(desk, "stop", "Origin", "https://example.com");
        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.body()).contains("no web page");
        try (var connection = connect()) {
            execute(connection, "SELECT FROM customer");
        }
    }

    private static HttpResponse<String> turn(int desk, String words, String... headers)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + desk))
                    .POST(BodyPublishers.ofString(words));
            return client.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void aFullPoolMeansThatEveryConnectionWaits() throws Exception {
        var witness = Witness.of(DB, SERVICE);
        try (witness;
                var connection = connect()) {
            faults.fillPool(serviceUri, 4);
            var waiting = Thread.ofVirtual().start(() -> {
                try {
                    execute(connection, "SELECT FROM customer");
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            Awaitility.await().until(() -> witness.busySessions() == 1);
            faults.off();
            waiting.join();
            assertThat(witness.busySessions()).isZero();
        }
    }
}
