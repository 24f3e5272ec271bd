import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What the page of step 2 shows beside the stages' own code; RepositoryShapeTest compiles it. */
final class Examples {
    static void names(DataSource dataSource, BigDecimal least) {
        var jdbi = Jdbi.create(dataSource).installPlugin(new PostgresPlugin());
        List<String> names = jdbi.withHandle(handle -> handle
                .createQuery("SELECT name FROM item WHERE price > :least")
                .bind("least", least)
                .map((row, context) -> row.getString("name"))
                .list());
    }

    static void quantities(Handle handle) {
        Stream<List<Integer>> quantities = handle
                .createQuery("SELECT item_id, quantity FROM order_items ORDER BY item_id")
                .<Integer, List<Integer>>reduceRows((found, row) -> found
                        .computeIfAbsent(row.getColumn("item_id", Integer.class), id -> new ArrayList<>())
                        .add(row.getColumn("quantity", Integer.class)));
    }

    public record Item(int id, String name, BigDecimal price, String description) {}

    public interface ItemQueries {
        @SqlQuery("SELECT name FROM item WHERE price > :least ORDER BY name")
        List<String> namesOf(BigDecimal least);

        @SqlQuery("SELECT id, name, price, description FROM item ORDER BY id")
        @RegisterConstructorMapper(Item.class)
        List<Item> items();
    }
}
