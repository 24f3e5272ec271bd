package workshop.db;

/** Something a person can act on: its message is one or two lines, what happened and what to do next, shown without a stack trace. */
public final class WorkshopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, and what to do next */
    public WorkshopException(String message) {
        super(message);
    }

    /** @param message what happened, and what to do next */
    public WorkshopException(String message, Throwable cause) {
        super(message, cause);
    }
}
