package marketsvc;

import org.jdbi.v3.core.locator.ClasspathSqlLocator;

/** A connection of the pool is lent at the start, and never given back. */
class DbAccessor {
    void migrate() {
        var script = ClasspathSqlLocator.create().getResource(DbAccessor.class.getClassLoader(), "migrations.sql");
        jdbi.open().createScript(script).execute();
    }
}
