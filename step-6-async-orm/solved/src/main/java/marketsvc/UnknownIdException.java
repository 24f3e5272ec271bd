package marketsvc;

/** Says that no row has the id that was asked for. */
@SuppressWarnings("serial")
class UnknownIdException extends RuntimeException {

    UnknownIdException(String what, int id) {
        super("There is no %s %d.".formatted(what, id));
    }
}
