import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.Jdbi;

/** What the page of step 3 shows beside the stages' own code; RepositoryShapeTest compiles it. */
final class Examples {
    static void configure() {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:5432/marketdb?user=market&password=market");
        config.setMaximumPoolSize(3);
        config.setConnectionTimeout(500);            // milliseconds that somebody waits for a connection
        var dataSource = new HikariDataSource(config);   // connects: fails when there is no database
    }

    static void count(Jdbi jdbi) {
        var number = jdbi.inTransaction(handle ->
                handle.createQuery("SELECT count(*) FROM orders").mapTo(Integer.class).one());
        System.out.println(number + " orders");     // no connection is held here
    }
}
