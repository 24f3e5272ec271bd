import static org.springframework.data.relational.core.query.Criteria.where;
import static org.springframework.data.relational.core.query.Query.query;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactory;
import java.math.BigDecimal;
import org.springframework.data.annotation.Id;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the page of step 6 shows beside the stages' own code; RepositoryShapeTest compiles it. */
final class Examples {
    @Table("item")
    record ItemRow(@Id Integer id, String name, BigDecimal price) {}

    static void names(DatabaseClient database, BigDecimal least) {
        Flux<String> names = database.sql("SELECT name FROM item WHERE price > :least")
                .bind("least", least)
                .mapValue(String.class)          // rows of one column; or map(row -> …)
                .all();                          // or one(), first(), fetch().rowsUpdated()
    }

    static void pool(ConnectionFactory driver) {
        var pool = new ConnectionPool(ConnectionPoolConfiguration.builder(driver)
                .initialSize(1)
                .maxSize(3)
                .build());
    }

    static void entities(ConnectionFactory connections, BigDecimal price) {
        var template = new R2dbcEntityTemplate(connections);
        Mono<ItemRow> stored = template.insert(new ItemRow(null, "Tea", price));      // the id comes back in it
        Mono<ItemRow> changed = template.update(new ItemRow(7, "Green tea", price));  // says nothing when there is no 7
        Mono<Long> gone = template.delete(query(where("id").is(7)), ItemRow.class);   // how many
    }
}
