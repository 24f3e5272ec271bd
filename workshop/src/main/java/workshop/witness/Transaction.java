package workshop.witness;

import java.util.List;
import workshop.witness.Event.Statement;

/**
 * What a session did between BEGIN and its end, or one statement in autocommit.
 *
 * @param session the server's id of the session
 * @param statements without BEGIN, COMMIT and ROLLBACK themselves
 * @param outcome how it ended
 */
public record Transaction(String session, List<Statement> statements, Outcome outcome) {
    /** How a transaction ends. */
    public enum Outcome {
        /** COMMIT, and nothing had failed. */
        COMMITTED,
        /** ROLLBACK, or the end of the session. */
        ROLLED_BACK,
        /** A COMMIT although a statement had failed: the server makes it a rollback. */
        COMMIT_REFUSED,
        /** No BEGIN: the statement is a transaction of its own. */
        AUTOCOMMIT,
        /** Not ended when the observation did. */
        OPEN
    }

    /** @return whether one of its statements contains {@code text}, in any case */
    public boolean mentions(String text) {
        return statements.stream().anyMatch(statement -> Observation.contains(statement, text));
    }
}
