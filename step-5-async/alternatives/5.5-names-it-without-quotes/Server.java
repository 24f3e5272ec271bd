package marketsvc;

/** Says which setting it is, what is expected and what was found, in other words. */
class Server {
    private static DbAccessor accessor(Pool pool, Courier courier) {
        var style = System.getenv().getOrDefault("STYLE", "virtual");
        return switch (style) {
            case "virtual" -> new DbAccessor(pool.dataSource(), courier);
            case "reactive" -> new ReactiveAccessor(pool.dataSource(), courier);
            default -> throw new IllegalArgumentException("STYLE: expected virtual or reactive, found " + style + ".");
        };
    }
}
