package marketsvc;

/** Takes the new style where nobody has asked for one. */
class Server {
    /** Both styles, so that they can be compared on the same endpoints: STYLE chooses. */
    private static DbAccessor accessor(Pool pool, Courier courier) {
        var style = System.getenv().getOrDefault("STYLE", "reactive");
        return switch (style) {
            case "virtual" -> new DbAccessor(pool.dataSource(), courier);
            case "reactive" -> new ReactiveAccessor(pool.dataSource(), courier);
            default ->
                throw new IllegalArgumentException("STYLE: expected virtual or reactive, found \"" + style + "\".");
        };
    }
}
