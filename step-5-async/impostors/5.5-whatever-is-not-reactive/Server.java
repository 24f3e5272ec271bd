package marketsvc;

/** Takes what it cannot read for the usual. */
class Server {
    private static DbAccessor accessor(Pool pool, Courier courier) {
        return "reactive".equals(System.getenv("STYLE"))
                ? new ReactiveAccessor(pool.dataSource(), courier)
                : new DbAccessor(pool.dataSource(), courier);
    }
}
