package workshop.witness;

import java.time.Duration;
import java.time.LocalDateTime;

/** Something that a session of the watched stage did, as the server saw it. */
public sealed interface Event {
    /** @return the server's id of the session */
    String session();

    /** @return when the server wrote it, to the millisecond */
    LocalDateTime at();

    /** A session was opened. */
    record Connected(String session, LocalDateTime at) implements Event {}

    /** A session ended, by whichever side. */
    record Disconnected(String session, LocalDateTime at) implements Event {}

    /**
     * A statement ended, well or not.
     *
     * @param sql its text, with {@code $1} where a value is bound
     * @param parameters the bound values as the server lists them, {@code $1 = '7', $2 = NULL}; empty without any
     * @param duration how long it executed on the server
     * @param sqlState the SQLSTATE that it failed with; empty when it succeeded
     * @param error the server's message when it failed
     */
    record Statement(
            String session,
            String sql,
            String parameters,
            LocalDateTime at,
            Duration duration,
            String sqlState,
            String error)
            implements Event {
        public boolean failed() {
            return !sqlState.isEmpty();
        }

        boolean begins() {
            return startsWith("BEGIN") || startsWith("START TRANSACTION");
        }

        boolean commits() {
            return startsWith("COMMIT") || startsWith("END");
        }

        boolean rollsBack() {
            return startsWith("ROLLBACK")
                            && !sql.toUpperCase(java.util.Locale.ROOT).contains(" TO ")
                    || startsWith("ABORT");
        }

        /** @return whether it only opens or ends a transaction, or sets a session up */
        public boolean isControl() {
            return begins()
                    || commits()
                    || startsWith("ROLLBACK")
                    || startsWith("ABORT")
                    || startsWith("SET ")
                    || startsWith("SAVEPOINT")
                    || startsWith("RELEASE")
                    || startsWith("SHOW ");
        }

        private boolean startsWith(String word) {
            return sql.strip().regionMatches(true, 0, word, 0, word.length());
        }
    }
}
