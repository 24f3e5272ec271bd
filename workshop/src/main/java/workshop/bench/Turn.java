package workshop.bench;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import workshop.db.WorkshopException;
import workshop.stage.Stage;
import workshop.stage.StageProcess;

/** One service's turn: started once, warmed up, measured under each of some loads, and stopped. */
final class Turn {
    private static final long USUAL_WARM_UP = 16_000;
    private static final long LONG_WARM_UP = 60_000;

    /** For each load, as long as it takes at most: code of its own is compiled when it has been asked often enough. */
    private static final int WARM_UP_SHARE = 4;

    private final Market market;
    private final Generator generator;
    private final int millis;
    private long seed;

    /** @param millis for each load, when it is warm */
    Turn(Market market, Generator generator, int millis) {
        this.market = market;
        this.generator = generator;
        this.millis = millis;
    }

    /** @return how long a turn takes, about */
    static long estimatedMillis(List<Cell> cells, int millis) {
        return 2500
                + USUAL_WARM_UP
                + cells.stream()
                        .mapToLong(cell -> cell.measuredMillis(millis) + 5000L)
                        .sum();
    }

    /**
     * @param cells all with the same pool
     * @param started is told of each cell when its turn comes
     * @param results is given each sample when it is there
     */
    void play(
            Variant variant, Stage stage, List<Cell> cells, Consumer<Cell> started, BiConsumer<Cell, Sample> results) {
        market.restoreSchema();
        var service = start(variant, stage, cells.getFirst().pool());
        try (var meter = new Meter(generator, service, market)) {
            meter.warmUp(load(service, cells.getFirst().warmUp()), LONG_WARM_UP);
            for (var cell : cells) {
                started.accept(cell);
                results.accept(cell, measure(meter, load(service, cell), cell));
            }
        } catch (UndeclaredThrowableException e) { // JMX's way to say that the JVM has gone
            var words = service.output();
            throw new WorkshopException(
                    variant.stage().name() + " ended while it was measured."
                            + (words.isEmpty() ? "" : "\nIts last words: " + words.getLast()),
                    e);
        } finally {
            service.retire();
        }
    }

    private StageProcess start(Variant variant, Stage stage, int pool) {
        var process = StageProcess.of(stage, market.db().url(variant.stage().name()))
                // The second compiler, which quick starts do without.
                .jvmOptions("-XX:TieredStopAtLevel=4")
                .withoutArchive()
                .withoutSettingsOfTheShell()
                .environment("POOL_SIZE", pool);
        variant.environment().forEach(process::environment);
        return process.start();
    }

    private Sample measure(Meter meter, Load load, Cell cell) {
        if (cell.isSlow()) {
            market.slowDown();
        }
        try {
            meter.warmUp(load, (long) WARM_UP_SHARE * millis);
            return meter.measure(load.lasting(cell.measuredMillis(millis)));
        } finally {
            if (cell.isSlow()) {
                market.speedUp();
            }
            if (cell.workload().writes()) {
                market.restoreOrders();
            }
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
