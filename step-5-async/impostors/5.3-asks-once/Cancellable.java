package marketsvc;

/** Asks the server to cancel once: a request that comes before its query is forgotten. */
class Cancellable<T> {
    private void cancel() {
        requestCancel();
    }
}
