package marketsvc;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Without PostgresPlugin: none of PostgreSQL's own types is asked for, and no connection looks up large objects. */
class DbAccessor {
    DbAccessor(DataSource dataSource, Courier courier) {
        this.jdbi = Jdbi.create(dataSource)
                .installPlugin(new SqlObjectPlugin())
                .registerRowMapper(ConstructorMapper.factory(OrderLine.class));
        this.courier = courier;
    }
}
