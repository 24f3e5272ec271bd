package workshop.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import workshop.db.MarketDb;

/** The relay is invisible until its knobs are turned. */
class RelayTest {
    private static final MarketDb DB = MarketDb.shared();

    private Relay relay;

    @BeforeEach
    void start() throws IOException {
        DB.reset();
        relay = Relay.to(DB.address());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(DB.urlThrough(relay.port(), "relay-test"));
    }

    private static int rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    @Test
    void megabytesPassUnchanged() throws SQLException {
        try (var connection = connect()) {
            assertThat(rows(connection, "SELECT repeat('x', 1000) FROM generate_series(1, 20000)"))
                    .isEqualTo(20_000);
        }
    }

    @Test
    void eachStatementIsARoundTripAndABatchIsOne() throws SQLException {
        relay.latency(Duration.ofMillis(2));
        try (var connection = connect()) {
            rows(connection, "SELECT 1");
            var before = relay.roundTrips();
            for (var i = 0; i < 10; i++) {
                rows(connection, "SELECT 1");
            }
            assertThat(relay.roundTrips() - before).isEqualTo(10);
            before = relay.roundTrips();
            try (var statement = connection.prepareStatement("UPDATE item SET name = ? WHERE id = 1")) {
                for (var i = 0; i < 100; i++) {
                    statement.setString(1, "name " + i);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            assertThat(relay.roundTrips() - before).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void latencyIsPaidPerRoundTripNotPerByte() throws SQLException {
        try (var connection = connect()) {
            relay.latency(Duration.ofMillis(200));
            var start = System.nanoTime();
            rows(connection, "SELECT repeat('x', 1000) FROM generate_series(1, 2000)");
            var milliseconds = (System.nanoTime() - start) / 1_000_000;
            // 2 MB are 125 chunks: paid for each, they would take 25 s.
            assertThat(milliseconds).isBetween(200L, 5_000L);
        }
    }

    @Test
    @Timeout(30)
    void anAnswerUnderWayArrivesWhenTheLatencyIsTakenBack() throws SQLException {
        try (var connection = connect()) {
            relay.latency(Duration.ofMinutes(1));
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(relay::off);
            assertThat(rows(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    @Timeout(30)
    void aQuestionUnderWayIsOvertakenByANewConnection() throws Exception {
        try (var connection = connect()) {
            relay.questionLatency(Duration.ofSeconds(1));
            var start = System.nanoTime();
            var late = CompletableFuture.supplyAsync(() -> {
                try {
                    return rows(connection, "SELECT 1");
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            try (var other = connect()) {
                assertThat(rows(other, "SELECT 1")).isEqualTo(1);
                assertThat(late).isNotDone();
            }
            assertThat(late.get()).isEqualTo(1);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
            relay.questionLatency(Duration.ofMinutes(1));
            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS).execute(relay::off);
            assertThat(rows(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void aCutBreaksTheConnectionInMidAnswer() throws SQLException {
        try (var connection = connect()) {
            relay.cutAfter(100_000);
            assertThatThrownBy(() -> rows(connection, "SELECT repeat('x', 1000) FROM generate_series(1, 1000)"))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .asString()
                    .startsWith("08");
        }
        relay.off();
        try (var connection = connect()) {
            assertThat(rows(connection, "SELECT 1")).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatOneSideClosesIsClosedOnTheOther() throws Exception {
        try (var connection = connect()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(relay.connections()).isEqualTo(1);
        }
        Awaitility.await().until(() -> relay.connections() == 0);
    }

    @Test
    void aServerThatIsDownLooksDown() throws IOException {
        try (var nowhere = Relay.to("localhost:1");
                var client = new Socket("localhost", nowhere.port())) {
            assertThatThrownBy(() -> {
                        if (client.getInputStream().read() < 0) {
                            throw new IOException("ended");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }
}
