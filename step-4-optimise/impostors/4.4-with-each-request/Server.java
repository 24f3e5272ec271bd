package marketsvc;

/** Leaves the index to the requests. */
class Server {
    public static void main(String[] args) {
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9090"));
        var courier = new Courier(System.getenv().getOrDefault("COURIER_URL", ""));
        var pool = new Pool(System.getenv());
        new Server(new DbAccessor(pool.dataSource(), courier), pool).app().start(port);
    }
}
