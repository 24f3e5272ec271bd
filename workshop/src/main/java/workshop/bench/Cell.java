package workshop.bench;

/**
 * One load that every variant meets.
 *
 * @param rate requests a second, or 0 for the closed model
 * @param pool how many connections to the database the service may open
 */
record Cell(Workload workload, int connections, int rate, int pool) {
    /** So many that a request of the open model finds a free one as long as the service keeps up at all. */
    private static final int PLENTY = 256;

    /** What every step with a pool opens unless it is told. */
    static final int USUAL_POOL = 10;

    private static final int LONGER = 4;

    static Cell closed(Workload workload, int connections) {
        return new Cell(workload, connections, 0, USUAL_POOL);
    }

    static Cell open(Workload workload, int rate) {
        return new Cell(workload, PLENTY, rate, USUAL_POOL);
    }

    static Cell slow(int connections, int pool) {
        return new Cell(Workload.SLOW, connections, 0, pool);
    }

    /** @return what makes a service warm for this one, and for others like it */
    Cell warmUp() {
        return closed(isSlow() ? Workload.TOTAL : workload, workload == Workload.LIST ? 1 : 64);
    }

    /** @return {@code total/64}, {@code total/rate-1000}, {@code slow/256/pool-10} */
    String id() {
        return workload.key() + (rate > 0 ? "/rate-" + rate : "/" + connections) + (isSlow() ? "/pool-" + pool : "");
    }

    /** @return how long, in the unit of what is usual; of the list four answers in two seconds say little of a processor's time */
    int measuredFor(int usual) {
        return workload == Workload.LIST ? LONGER * usual : usual;
    }

    String label() {
        var load = rate > 0 ? rate + " requests/s" : connections + (connections == 1 ? " connection" : " connections");
        return workload.key() + ", " + load + (isSlow() ? ", pool of " + pool : "");
    }

    boolean isSlow() {
        return workload == Workload.SLOW;
    }

    /** Without a pool a service cannot keep up with a high rate, and cannot be told a pool's size. */
    boolean suits(Variant variant) {
        return variant.asks(workload) && (variant.hasPool() || !isSlow() && rate <= 100);
    }
}
