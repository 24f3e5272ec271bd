package marketsvc;

import io.javalin.http.HttpResponseException;
import io.r2dbc.spi.R2dbcBadGrammarException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.FailedException;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.JdbiException;
import reactor.core.Exceptions;

/** Judges by the class that the driver has for a failure, and not by its SQLSTATE. */
class Problem {
    private static Map<String, Object> of(Throwable wrapped) {
        var failure = Exceptions.unwrap(wrapped);
        var state = failure instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
        return switch (failure) {
            case HttpResponseException e -> problem(e.getStatus(), e.getMessage());
            case JdbiException e when e.getCause() instanceof SQLException cause -> of(cause);
            case FailedException e -> of(e.getCause());
            case R2dbcBadGrammarException e -> problem(500, "Something went wrong here. Ask for it by its request id.");
            case R2dbcException e -> problem(503, "The database does not answer.");
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
