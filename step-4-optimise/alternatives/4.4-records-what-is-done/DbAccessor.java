package marketsvc;

import org.jdbi.v3.core.locator.ClasspathSqlLocator;

/** Keeps a record of what has been done, and does it once. */
class DbAccessor {
    void migrate() {
        var script = ClasspathSqlLocator.create().getResource(DbAccessor.class.getClassLoader(), "migrations.sql");
        jdbi.useTransaction(handle -> {
            handle.execute("CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY)");
            if (handle.execute("INSERT INTO schema_version (version) VALUES (1) ON CONFLICT DO NOTHING") == 1) {
                handle.createScript(script).execute();
            }
        });
    }
}
