package marketsvc;

import reactor.netty.resources.LoopResources;

/** Two loops in turn: one looks hosts up, and the other gets all connections. */
class Pool {
    private final LoopResources eventLoops = eventLoops();

    private static LoopResources eventLoops() {
        return LoopResources.create("postgresql", 1, 2, true, false);
    }
}
