package marketsvc;

import io.r2dbc.postgresql.api.PostgresqlException;
import java.util.Map;

/** Tells who deletes what others refer to that it refers to nothing. */
class Problem {
    private static Map<String, Object> reference(PostgresqlException failure) {
        var key = KEY.matcher(failure.getErrorDetails().getDetail().orElse(""));
        return problem(422, key.find() ? "There is no %s %s.".formatted(key.group(1), key.group(2)) : "It refers to nothing.");
    }
}
