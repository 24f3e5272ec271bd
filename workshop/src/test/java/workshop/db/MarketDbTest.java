package workshop.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workshop.stage.Repository;

/** A database that somebody names is reset only when it is clear that it is the workshop's own. */
class MarketDbTest {
    private static final String NAME = "somebodys";
    private static final Pattern SQL_ON_A_PAGE = Pattern.compile("(?ms)^```sql$(.*?)^```$");

    private String url;

    @BeforeEach
    void makeAnotherDatabase() throws SQLException {
        onServer("DROP DATABASE IF EXISTS " + NAME);
        onServer("CREATE DATABASE " + NAME + " OWNER market");
        url = MarketDb.shared().plainUrl().replace("/marketdb?", "/" + NAME + "?");
    }

    @AfterEach
    void dropIt() throws SQLException {
        onServer("DROP DATABASE " + NAME);
    }

    @Test
    void anEmptyDatabaseGetsTheSampleData() throws SQLException {
        MarketDb.at(url).reset();
        assertThat(count("customer")).isEqualTo(3);
    }

    @Test
    void theWorkshopsOwnDatabaseIsResetAsOftenAsOneLikes() throws SQLException {
        MarketDb.at(url).reset();
        onDatabase("DELETE FROM order_items");
        onDatabase("CREATE INDEX a_migration ON orders (order_time)");
        MarketDb.at(url).reset();
        assertThat(count("order_items")).isEqualTo(5);
    }

    @Test
    void whatAStoppedCheckHasLeftBehindIsTakenAway() throws SQLException {
        MarketDb.at(url).reset();
        onDatabase("""
                CREATE FUNCTION lesson_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER lesson BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION lesson_refuse();
                ALTER TABLE item RENAME TO lesson_item;
                CREATE VIEW item AS SELECT * FROM lesson_item
                """);
        MarketDb.at(url).reset();
        assertThat(count("item")).isEqualTo(4);
        onDatabase("CREATE FUNCTION lesson_refuse() RETURNS integer LANGUAGE sql RETURN 1");
    }

    @Test
    void aDatabaseThatIsEmptiedHasNoTableOfAnybody() throws SQLException {
        var before = objects();
        MarketDb.at(url).reset();
        onDatabase("CREATE TABLE a_record_of_migrations (id INT)");
        MarketDb.at(url).empty();
        assertThat(objects()).isEqualTo(before);
        MarketDb.at(url).reset();
        assertThat(count("orders")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMENT ON SCHEMA public IS NULL; CREATE TABLE customer (id INT)",
                "CREATE FUNCTION lesson_in_tax() RETURNS INT LANGUAGE sql RETURN 19",
                "CREATE TABLE invoice (id INT)",
                "CREATE TABLE customer (id INT)",
                "CREATE SCHEMA accounts CREATE TABLE accounts.customer (id INT)",
                "CREATE VIEW report AS SELECT 1 AS one",
                "CREATE SEQUENCE invoice_numbers",
                "CREATE FUNCTION tax() RETURNS INT LANGUAGE sql RETURN 19",
                "CREATE TYPE colour AS ENUM ('red')"
            })
    void aDatabaseWithAnythingElseInItIsLeftAlone(String ddl) throws SQLException {
        onDatabase(ddl);
        var before = objects();
        assertThatThrownBy(() -> MarketDb.at(url).reset())
                .isInstanceOf(WorkshopException.class)
                .hasMessageContaining("nothing was touched");
        assertThat(objects()).isEqualTo(before);
    }

    @Test
    void somebodyElsesTablesBesideOursAreNamedAndKept() throws SQLException {
        MarketDb.at(url).reset();
        onDatabase("CREATE TABLE invoice (id INT)");
        assertThatThrownBy(() -> MarketDb.at(url).reset()).hasMessageContaining("public.invoice");
        assertThat(count("invoice")).isZero();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> MarketDb.at("jdbc:postgresql://localhost:1/marketdb?user=market&password=secret")
                        .reset())
                .isInstanceOf(WorkshopException.class)
                .hasMessageContaining("localhost:1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void theSameSeedGeneratesTheSameData() throws SQLException {
        assertThat(fingerprintAfterGenerating(42)).isEqualTo(fingerprintAfterGenerating(42));
        assertThat(fingerprintAfterGenerating(42)).isNotEqualTo(fingerprintAfterGenerating(43));
    }

    @Test
    void generatedRowsAreAsManyAsAskedForAndConsistent() throws SQLException {
        var db = MarketDb.at(url);
        db.reset();
        db.generate(500, 2000, 7);
        db.generate(10, 0, 7);
        assertThat(count("customer")).isEqualTo(513);
        assertThat(count("orders")).isEqualTo(2003);
        assertThat(count("order_items")).isBetween(3500L, 6500L);
        assertThat(count("orders WHERE customer_id NOT IN (SELECT id FROM customer)"))
                .isZero();
        assertThat(count("customer WHERE address_id NOT IN (SELECT id FROM address)"))
                .isZero();
        assertThat(count("order_items WHERE item_id NOT IN (SELECT id FROM item)"))
                .isZero();
    }

    /** Java on a page is compiled; SQL runs, with a number for each of its parameters. */
    @Test
    void theSqlOnThePagesRuns() throws IOException, SQLException {
        MarketDb.at(url).reset();
        var ran = 0;
        try (var files = Files.walk(Repository.root().resolve("docs/src/content/docs"))) {
            for (var page : files.filter(Files::isRegularFile).toList()) {
                var block = SQL_ON_A_PAGE.matcher(Files.readString(page));
                for (; block.find(); ran++) {
                    onDatabase(block.group(1).replaceAll(":[a-zA-Z]+", "1"));
                }
            }
        }
        assertThat(ran).isPositive();
    }

    @Test
    void whoStillWorksDoesNotStopAReset() throws Exception {
        var db = MarketDb.at(url);
        db.reset();
        try (var busy = DriverManager.getConnection(url);
                var statement = busy.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = threads.submit(() -> statement.execute("SELECT pg_sleep(60) FROM customer"));
            Awaitility.await().until(() -> count("pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(60)%'") == 1);
            db.reset();
            assertThat(count("customer")).isEqualTo(3);
            assertThatThrownBy(working::get).hasMessageContaining("terminating connection");
        }
    }

    @Test
    void theServersFilesAreNobodyElsesToReadAndItListensOnNoSocket() throws IOException, SQLException {
        assumeTrue(MarketDb.shared().isEmbedded());
        try (var connection = MarketDb.shared().admin();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW unix_socket_directories")) {
            rows.next();
            assertThat(rows.getString(1)).isEmpty();
        }
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(EmbeddedServer.home())))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderThatAnotherUserHasMadeIsNotUsed(@TempDir Path temporary) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "nobody else can give a folder away");
        var usual = System.setProperty("java.io.tmpdir", temporary.toString());
        try {
            var home = Files.createDirectory(temporary.resolve("marketsvc-root"));
            var nobody = home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(home, nobody);
            assertThatThrownBy(EmbeddedServer::home)
                    .isInstanceOf(WorkshopException.class)
                    .hasMessageContaining("belongs to another user (nobody). Name another: ");
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
    }

    @Test
    void aPortThatAnotherPostgresHasTakenMeanwhileIsGivenUp() {
        assumeTrue(MarketDb.shared().isEmbedded());
        var taken = Integer.parseInt(MarketDb.shared().address().replaceFirst(".*:", ""));
        var ports = List.of(taken, Ports.free(0)).iterator();
        try (var server = EmbeddedServer.start(ports::next, false)) {
            assertThat(server.port()).isNotEqualTo(taken);
            assertThat(ports.hasNext()).isFalse();
        }
    }

    private String fingerprintAfterGenerating(long seed) throws SQLException {
        var db = MarketDb.at(url);
        db.reset();
        db.generate(100, 300, seed);
        return text("""
                SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM customer AS c
                """)
                + text("SELECT md5(string_agg(o::text, ',' ORDER BY order_id, item_id)) FROM order_items AS o");
    }

    private long count(String from) throws SQLException {
        return Long.parseLong(text("SELECT count(*) FROM " + from));
    }

    private String objects() throws SQLException {
        return text(
                "SELECT (SELECT count(*) FROM pg_class) || ' ' || (SELECT count(*) FROM pg_proc) || ' ' || (SELECT count(*) FROM pg_type)");
    }

    private String text(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void onDatabase(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void onServer(String sql) throws SQLException {
        try (var connection = MarketDb.shared().admin();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
