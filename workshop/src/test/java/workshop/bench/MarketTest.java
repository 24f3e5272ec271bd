package workshop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import workshop.db.MarketDb;

/** The data that all variants meet. */
class MarketTest {
    private static MarketDb db;
    private static Market market;

    @BeforeAll
    static void start() {
        db = MarketDb.unwatched();
        market = new Market(db, Market.BUYERS);
    }

    @AfterAll
    static void stop() throws SQLException {
        market.close();
        db.close();
    }

    private static String ask(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(db.url("bench"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(db.url("bench"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As steps 1 to 3 ask, and as steps 4 to 6 do; order 3 of the sample data has no lines, but here it has one. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                SELECT item.name, item.price * order_items.quantity
                  FROM order_items JOIN item ON item.id = order_items.item_id
                 WHERE order_items.order_id = %d
                """, """
                SELECT coalesce(sum(item.price * order_items.quantity), 0.00)
                  FROM orders
                  LEFT JOIN order_items ON order_items.order_id = orders.id
                  LEFT JOIN item ON item.id = order_items.item_id
                 WHERE orders.id = %d
                 GROUP BY orders.id
                """})
    void slowMeansOneWaitForEachStatement(String sql) throws SQLException {
        market.slowDown();
        try {
            for (var order : List.of(1, 3)) {
                var plan = JsonMapper.shared()
                        .readTree(ask("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.formatted(order)))
                        .get(0);
                var waits = plan.findParents("Subplan Name").stream()
                        .filter(node ->
                                node.get("Parent Relationship").stringValue().equals("InitPlan"))
                        .toList();
                assertThat(waits).hasSize(1);
                assertThat(waits.getFirst().get("Actual Loops").intValue()).isEqualTo(1);
                assertThat(plan.get("Execution Time").doubleValue()).isGreaterThanOrEqualTo(20);
            }
        } finally {
            market.speedUp();
        }
        assertThat(ask("EXPLAIN " + sql.formatted(1))).doesNotContain("InitPlan");
    }

    @Test
    void eachTurnMeetsTheSameSchemaAndTheSameOrders() throws SQLException {
        change("CREATE INDEX orders_by_time ON orders (order_time, id)");
        change("INSERT INTO orders (customer_id, order_time) VALUES (1, now())");
        market.restoreSchema();
        market.restoreOrders();
        assertThat(ask("SELECT count(*) FROM pg_indexes WHERE indexname = 'orders_by_time'"))
                .isEqualTo("0");
        assertThat(ask("SELECT count(*) FROM pg_indexes WHERE indexname = 'order_items_pkey'"))
                .isEqualTo("1");
        assertThat(ask("SELECT count(*) FROM pg_indexes WHERE indexname = 'orders_by_customer'"))
                .isEqualTo("1");
        assertThat(ask("SELECT max(id) FROM orders")).isEqualTo(Integer.toString(Market.ORDERS + 3));
    }

    @Test
    void statementsAreCountedWhileNothingIsLogged() throws SQLException {
        var before = market.counts();
        ask("SELECT 1");
        ask("SELECT 2");
        try (var connection = DriverManager.getConnection(db.url("bench"))) {
            connection.setAutoCommit(false);
            for (var transaction = 1; transaction <= 7; transaction++) {
                try (var statement = connection.prepareStatement("SELECT " + transaction)) {
                    statement.execute();
                }
                connection.commit();
            }
        }
        assertThat(market.counts().statements() - before.statements()).isEqualTo(2 + 7);
        assertThat(ask("SHOW log_statement")).isEqualTo("none");
    }
}
