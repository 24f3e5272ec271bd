package workshop.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;
import workshop.db.MarketDb;
import workshop.witness.Transaction.Outcome;

/** What the witness tells of plain JDBC sessions whose doings are known. */
class WitnessTest {
    private static final MarketDb DB = MarketDb.shared();

    private Witness witness;

    @BeforeEach
    void watch() {
        DB.reset();
        witness = Witness.of(DB, "watched");
    }

    @AfterEach
    void close() {
        witness.close();
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(DB.url("watched"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "C, true",
        "C.UTF-8, true",
        "POSIX, true",
        "en_GB.UTF-8, true",
        "English_United States.1252, true",
        "'', true",
        "de_DE.UTF-8, false",
        "cs_CZ.UTF-8, false",
        "German_Germany.1252, false",
        "Croatian_Croatia.1250, false"
    })
    void aLogIsReadOnlyWhereItIsInEnglish(String locale, boolean english) {
        assertThat(ServerLog.isEnglish(locale)).isEqualTo(english);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"timestamp\":\"2026-11-27 15:00:00.0",
                "{\"timestamp\":\"2026-11-27 15:00\"}",
                "{\"timestamp\":\"2026-11-27 15:{\"timestamp\":\"2026-11-27 15:00:00.000 UTC\"}"
            })
    void whatAKilledServerCutShortIsNoLine(String half) {
        assertThat(LogLine.parse(half)).isEmpty();
    }

    @Test
    void sessionsAreCountedWhenTheyOpenAndWhenTheyClose() throws Exception {
        var seen = witness.during(() -> {
            try (var first = connect();
                    var second = connect()) {
                execute(first, "SELECT 1");
                execute(second, "SELECT 2");
                assertThat(witness.openSessions()).isEqualTo(2);
            }
            assertThat(witness.awaitOpenSessions(open -> open == 0, java.time.Duration.ofSeconds(5)))
                    .isZero();
        });
        assertThat(seen.sessionsOpened()).isEqualTo(2);
        assertThat(seen.sessionsClosed()).isEqualTo(2);
        assertThat(seen.peakSessions()).isEqualTo(2);
    }

    @Test
    void statementsComeWithTheirParametersAndRows() throws Exception {
        var seen = witness.during(() -> {
            try (var connection = connect();
                    var statement =
                            connection.prepareStatement("SELECT name\n  FROM customer WHERE id > ? AND name <> ?")) {
                statement.setInt(1, 1);
                statement.setString(2, "it's, $1 = 'x'");
                statement.executeQuery();
            }
        });
        assertThat(seen.statements()).singleElement().satisfies(statement -> {
            assertThat(statement.sql()).isEqualTo("SELECT name\n  FROM customer WHERE id > $1 AND name <> $2");
            assertThat(statement.parameters()).isEqualTo("$1 = '1', $2 = 'it''s, $1 = ''x'''");
            assertThat(statement.duration()).isPositive();
        });
        assertThat(seen.rows()).isEqualTo(2);
    }

    @Test
    void theEchoTellsStatementsAndHowManyThereWere() throws Exception {
        var lines = new CopyOnWriteArrayList<String>();
        try (var _ = SqlEcho.start(DB, "watched", lines::add, Ansi.OFF)) {
            try (var connection = connect()) {
                connection.setAutoCommit(false);
                execute(connection, "SELECT name FROM customer");
                connection.isValid(1);
                execute(
                        connection,
                        "SELECT proname FROM pg_catalog.pg_proc WHERE proname = 'lo_open' AND proname <> 'lo_close'");
                connection.commit();
            }
            Awaitility.await().until(() -> !lines.isEmpty() && lines.getLast().contains("disconnected"));
        }
        assertThat(lines.stream().map(line -> line.replaceFirst("^sql #1 +([0-9.]+ ms)? +", "")))
                .containsExactly(
                        "connected",
                        "BEGIN",
                        "SELECT name FROM customer",
                        "(no statement: a look whether the connection is alive)",
                        "SELECT proname FROM pg_catalog.pg_proc WHERE proname = 'lo_o … (90 characters)",
                        "COMMIT",
                        "disconnected after 1 statement");
    }

    @Test
    void otherApplicationsAreNotSeen() throws Exception {
        var seen = witness.during(() -> {
            try (var connection = DriverManager.getConnection(DB.url("watched-too"))) {
                execute(connection, "SELECT 1");
            }
        });
        assertThat(seen.events()).isEmpty();
    }

    @Test
    void transactionsAreToldApartByTheirEnd() throws Exception {
        var seen = witness.during(() -> {
            try (var connection = connect()) {
                execute(connection, "DELETE FROM order_items WHERE order_id = 1");
                connection.setAutoCommit(false);
                execute(connection, "DELETE FROM order_items WHERE order_id = 2");
                execute(connection, "DELETE FROM order_items WHERE order_id = 3");
                connection.commit();
                execute(connection, "DELETE FROM orders");
                connection.rollback();
                execute(connection, "SELECT 4");
            }
        });
        assertThat(seen.transactions())
                .extracting(Transaction::outcome)
                .containsExactly(Outcome.AUTOCOMMIT, Outcome.COMMITTED, Outcome.ROLLED_BACK, Outcome.ROLLED_BACK);
        assertThat(seen.transactions().get(1).statements()).hasSize(2);
    }

    @Test
    void aStatementThatFailsCarriesItsSqlStateWhetherItWasPlannedOrNot() throws Exception {
        var seen = witness.during(() -> {
            try (var connection = connect()) {
                for (var sql :
                        new String[] {"SELECT 1 / 0", "SELECT FROM nowhere", "SELECT 1 / (id - 1) FROM customer"}) {
                    try {
                        execute(connection, sql);
                    } catch (SQLException expected) {
                        assertThat(expected.getSQLState()).isNotEmpty();
                    }
                }
            }
        });
        assertThat(seen.statements()).extracting(Event.Statement::sqlState).containsExactly("22012", "42P01", "22012");
    }

    @Test
    void aCancelledStatementIsSeenAndSoIsHowManyRanAtOnce() throws Exception {
        var connections = IntStream.range(0, 3).mapToObj(i -> connected()).toList();
        var ended = new CountDownLatch(3);
        var seen = witness.during(() -> {
            var sleeps = connections.stream().map(WitnessTest::statement).toList();
            sleeps.forEach(sleep -> Thread.ofVirtual().start(() -> {
                try (sleep) {
                    sleep.execute("SELECT pg_sleep(60)");
                } catch (SQLException cancelled) {
                    ended.countDown();
                }
            }));
            Awaitility.await().until(() -> witness.busySessions() == 3);
            for (var sleep : sleeps) {
                sleep.cancel();
            }
            ended.await();
        });
        assertThat(seen.statements())
                .filteredOn(statement -> statement.sqlState().equals("57014"))
                .hasSize(3);
        for (var connection : connections) {
            connection.close();
        }
    }

    private static Connection connected() {
        try {
            return connect();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static java.sql.Statement statement(Connection connection) {
        try {
            return connection.createStatement();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsMissedWhenTheLogRotates() throws Exception {
        var seen = witness.during(() -> {
            try (var connection = connect();
                    var admin = DB.admin()) {
                for (var i = 0; i < 5; i++) {
                    execute(connection, "SELECT 'before rotation " + i + "'");
                    execute(admin, "SELECT pg_rotate_logfile()");
                    execute(connection, "SELECT 'after rotation " + i + "'");
                }
            }
        });
        assertThat(seen.statements("rotation")).hasSize(10);
    }

    @Test
    void theDatabaseMayBeRestartedMeanwhile() throws Exception {
        var seen = witness.during(() -> {
            try (var connection = connect()) {
                execute(connection, "SELECT 'before restart'");
            }
            DB.stopServer();
            DB.startServer();
            try (var connection = connect()) {
                execute(connection, "SELECT 'between restart and crash'");
            }
            DB.killServer();
            DB.startServer();
            try (var connection = connect()) {
                execute(connection, "SELECT 'after crash'");
            }
        });
        assertThat(seen.statements("SELECT '")).hasSize(3);
    }
}
