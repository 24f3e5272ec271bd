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
    /** For the first question of a service, at most. */
    private static final long LONG_WARM_UP = 60_000;

    /** For each other one, which has code of its own. */
    private static final long SHORT_WARM_UP = 20_000;

    /** Before each load, when the service has answered each question: other connections, and other rates, want little more. */
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
                + LONG_WARM_UP
                + (warmUps(cells).size() - 1) * SHORT_WARM_UP
                + cells.stream()
                        .mapToLong(cell -> cell.measuredFor(millis) + 6000L)
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
            warmUp(meter, service, cells);
            for (var cell : cells) {
                started.accept(cell);
                results.accept(cell, measure(meter, load(service, cell), cell));
            }
        } catch (UndeclaredThrowableException e) { // JMX's way to say that a JVM has gone
            if (!generator.handle().isAlive()) {
                throw new WorkshopException("The load generator ended.", e);
            }
            var words = service.output();
            throw new WorkshopException(
                    variant.stage().name() + " ended while it was measured."
                            + (words.isEmpty() ? "" : "\nIts last words: " + words.getLast()),
                    e);
        } finally {
            service.retire();
        }
    }

    /** By all questions before any is measured: who is asked something new is compiled anew, and slow until then. */
    private void warmUp(Meter meter, StageProcess service, List<Cell> cells) {
        var most = LONG_WARM_UP;
        for (var cell : warmUps(cells)) {
            meter.warmUp(load(service, cell), most);
            most = SHORT_WARM_UP;
        }
        if (cells.stream().anyMatch(cell -> cell.workload().writes())) {
            market.restoreOrders();
        }
    }

    private static List<Cell> warmUps(List<Cell> cells) {
        return cells.stream().map(Cell::warmUp).distinct().toList();
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
            return meter.measure(load.lasting(cell.measuredFor(millis)));
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
