package marketsvc;

/** Borrows nothing, asks nothing, and is always well. */
class Pool {
    boolean isUp() {
        return !dataSource.isClosed();
    }
}
