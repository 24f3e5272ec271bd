package marketsvc;

import io.javalin.http.HttpResponseException;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;

/** Hands PostgreSQL's message to the client: the constraint, the columns and the value that is there already. */
class Problem {
    private static Map<String, Object> of(Exception failure) {
        var state = failure instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
        return switch (failure) {
            case HttpResponseException e -> problem(e.getStatus(), e.getMessage());
            case JdbiException e when e.getCause() instanceof SQLException cause -> of(cause);
            case UnknownIdException e -> problem(404, e.getMessage());
            case SQLException e when state.equals("23503") -> problem(422, missing(e.getMessage()));
            case SQLException e when state.equals("23505") -> problem(409, e.getMessage());
            case SQLException e when state.equals("57014") -> problem(504, "The database took too long.");
            case SQLException e when state.matches("40.*|55P03") -> problem(503, "Somebody else is at it: try again.");
            case SQLException e when state.matches("08.*|53.*|57P.*") -> problem(503, "The database does not answer.");
            case SQLException e when state.startsWith("22") -> problem(400, "The database cannot read a value.");
            default -> problem(500, "Something went wrong here. Ask for it by its request id.");
        };
    }
}
