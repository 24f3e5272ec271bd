package marketsvc;

/** A list passes through the smallest of heaps, and every ten rows the database is asked again. */
class DbAccessor {
    private static final int FETCH_SIZE = 10;
    private static final int ORDERS_FETCH_SIZE = 5;
}
