package marketsvc;

import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;

/** Complains, and starts all the same. */
class DbAccessor {
    void migrate() {
        var script = ClasspathSqlLocator.create().getResource(DbAccessor.class.getClassLoader(), "migrations.sql");
        try {
            jdbi.useHandle(handle -> handle.createScript(script).execute());
        } catch (JdbiException e) {
            System.err.println(e.getMessage());
        }
    }
}
