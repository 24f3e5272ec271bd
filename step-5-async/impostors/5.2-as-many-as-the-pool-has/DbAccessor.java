package marketsvc;

/** A request takes all connections. */
class DbAccessor {
    private static final int CONCURRENT_TOTALS = 10;
}
