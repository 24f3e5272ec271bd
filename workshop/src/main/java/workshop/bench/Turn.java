package workshop.bench;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import workshop.stage.Stage;
import workshop.stage.StageProcess;

/** One service's turn: started once, warmed up, measured under each of some loads, and stopped. */
final class Turn {
    /** How many loads' time the first warm-up takes: the second compiler has to see everything once. */
    static final int FIRST_WARM_UP = 2;

    private final Market market;
    private final Generator generator;
    private final int millis;
    private long seed;

    /** @param millis for each load, after half as much to warm up */
    Turn(Market market, Generator generator, int millis) {
        this.market = market;
        this.generator = generator;
        this.millis = millis;
    }

    /** @return how long a turn takes, about */
    static long estimatedMillis(int cells, int millis) {
        return 3000 + FIRST_WARM_UP * millis + cells * (millis * 3L / 2 + 700);
    }

    /**
     * @param cells all with the same pool, all of them slow or none
     * @param started is told of each cell when its turn comes
     * @param results is given each sample when it is there
     */
    void play(
            Variant variant, Stage stage, List<Cell> cells, Consumer<Cell> started, BiConsumer<Cell, Sample> results) {
        var slow = cells.getFirst().workload() == Workload.SLOW;
        var process = StageProcess.of(stage, market.db().url(variant.stage().name()))
                // The second compiler, which quick starts do without.
                .jvmOptions("-XX:TieredStopAtLevel=4");
        variant.environment().forEach(process::environment);
        if (cells.getFirst().pool() > 0) {
            process.environment("POOL_SIZE", cells.getFirst().pool());
        }
        market.restoreSchema();
        var service = process.start();
        try (var meter = new Meter(generator, service, market)) {
            generator.run(load(service, cells.getFirst().warmUp()).lasting((long) FIRST_WARM_UP * millis));
            if (slow) {
                market.slowDown();
            }
            for (var cell : cells) {
                started.accept(cell);
                var load = load(service, cell);
                generator.run(load.lasting(millis / 2));
                results.accept(cell, meter.measure(load));
                if (cell.workload().writes()) {
                    market.restoreOrders();
                }
            }
        } finally {
            if (slow) {
                market.speedUp();
            }
            service.retire();
        }
    }

    private Load load(StageProcess service, Cell cell) {
        return new Load(
                service.port(),
                cell.workload().question(),
                cell.connections(),
                cell.rate(),
                millis,
                Market.ORDERS,
                Market.BUYERS,
                ++seed);
    }
}
