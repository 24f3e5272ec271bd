package workshop.witness;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of PostgreSQL's JSON log (<a href="https://www.postgresql.org/docs/18/runtime-config-logging.html">documentation</a>,
 * table 19.4); texts are empty where the line has none.
 *
 * @param at when the server wrote it, to the millisecond, in the server's log time zone
 * @param session the backend's session id, unique in the life of a server
 * @param application the session's application name
 * @param sqlState the SQLSTATE of an error
 * @param statement the text of the statement that an error belongs to
 */
record LogLine(
        LocalDateTime at,
        String session,
        String application,
        String severity,
        String sqlState,
        String message,
        String detail,
        String statement) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    /** @return nothing of what is no line, such as the half that a killed server has written */
    static Optional<LogLine> parse(String json) {
        try {
            return Optional.of(of(JSON.readTree(json)));
        } catch (JacksonException | DateTimeException | StringIndexOutOfBoundsException cutShort) {
            return Optional.empty();
        }
    }

    private static LogLine of(JsonNode line) {
        return new LogLine(
                LocalDateTime.parse(text(line, "timestamp").substring(0, 23), TIME),
                text(line, "session_id"),
                text(line, "application_name"),
                text(line, "error_severity"),
                text(line, "state_code"),
                text(line, "message"),
                text(line, "detail"),
                text(line, "statement"));
    }

    private static String text(JsonNode line, String field) {
        return line.path(field).asString("");
    }

    boolean isFailure() {
        return severity.equals("ERROR") || severity.equals("FATAL") || severity.equals("PANIC");
    }
}
