package marketsvc;

/** A task for each, and each waits for the one before. */
class DbAccessor {
    private static final int CONCURRENT_TOTALS = 1;
}
