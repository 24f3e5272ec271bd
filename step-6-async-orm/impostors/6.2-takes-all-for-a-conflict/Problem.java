package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlException;
import java.util.Map;

/** Tells who orders for somebody who is not there that others refer to it. */
class Problem {
    private static Map<String, Object> reference(PostgresqlException failure) {
        return problem(409, "Something else still refers to this.");
    }
}
