package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlException;
import java.util.Map;

/** Knows of no reference that keeps a customer: nobody comes here who has orders. */
class Problem {
    private static Map<String, Object> reference(PostgresqlException failure) {
        return problem(422, "It refers to nothing.");
    }
}
