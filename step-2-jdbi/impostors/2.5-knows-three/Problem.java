package marketsvc;

import io.javalin.http.HttpResponseException;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/** Writes the cases anew, with the three that the page names. */
class Problem {
    private static Map<String, Object> of(Exception failure) {
        var state = failure instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
        return switch (failure) {
            case HttpResponseException e -> problem(e.getStatus(), e.getMessage());
            case JdbiException e when e.getCause() instanceof SQLException cause -> of(cause);
            case UnknownIdException e -> problem(404, e.getMessage());
            case SQLException e when state.equals("23503") -> problem(422, missing(e.getMessage()));
            case SQLException e when state.equals("23505") -> problem(409, "This exists already.");
            case SQLException e when state.startsWith("08") -> problem(503, "The database does not answer.");
            default -> problem(500, "Something went wrong here. Ask for it by its request id.");
        };
    }
}
