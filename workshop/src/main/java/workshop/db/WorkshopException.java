package workshop.db;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Something a person can act on: its message is one or two lines, what happened and what to do next, shown without a stack trace. */
public final class WorkshopException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @return the one among {@code failure} and its causes, if there is one */
    public static Optional<WorkshopException> in(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(WorkshopException.class::isInstance)
                .map(WorkshopException.class::cast)
                .findFirst();
    }

    /** @param message what happened, and what to do next */
    public WorkshopException(String message) {
        super(message);
    }

    /** @param message what happened, and what to do next */
    public WorkshopException(String message, Throwable cause) {
        super(message, cause);
    }
}
