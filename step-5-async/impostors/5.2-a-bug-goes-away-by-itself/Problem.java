package marketsvc;

import io.javalin.http.HttpResponseException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.FailedException;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.JdbiException;
import reactor.core.Exceptions;

/** Whatever fails in a task is temporary. */
class Problem {
    private static Map<String, Object> of(Throwable wrapped) {
        var failure = Exceptions.unwrap(wrapped);
        var state = failure instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
        return switch (failure) {
            case HttpResponseException e -> problem(e.getStatus(), e.getMessage());
            case JdbiException e when e.getCause() instanceof SQLException cause -> of(cause);
            case FailedException e -> problem(503, "The database does not answer.");
            case R2dbcException e -> of(new SQLException(e.getMessage(), e.getSqlState(), e));
            case StructuredTaskScope.TimeoutException e -> problem(504, "It took too long.");
            case TimeoutException e -> problem(504, "It took too long.");
            case UnknownIdException e -> problem(404, e.getMessage());
            case SQLTransientConnectionException e -> problem(503, "No connection to the database was free in time.");
            case SQLException e when state.equals("23503") -> problem(422, missing(e.getMessage()));
            case SQLException e when state.equals("23505") -> problem(409, "This exists already.");
            case SQLException e when state.equals("57014") -> problem(504, "The database took too long.");
            case SQLException e when state.matches("40.*|55P03") -> problem(503, "Somebody else is at it: try again.");
            case SQLException e when state.matches("08.*|53.*|57P.*") -> problem(503, "The database does not answer.");
            case SQLException e when state.startsWith("22") -> problem(400, "The database cannot read a value.");
            default -> problem(500, "Something went wrong here. Ask for it by its request id.");
        };
    }
}
