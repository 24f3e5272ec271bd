package workshop.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;

/**
 * The benchmark: variants in turn, in several rounds, A B C C B A, so that whatever else the machine does falls on all of
 * them, and a machine that becomes slower does not always meet the same one last; database, service and generator share it,
 * and the results say what part each takes.
 */
public final class Bench {
    private final Options options;
    private final List<Variant> variants;
    private final List<Cell> cells;
    private final Map<Stage, Stage> compiled = new LinkedHashMap<>();
    private final Path classes = StageCompiler.temporaryFolder();

    public Bench(Options options) {
        this.options = options;
        this.variants = options.variants();
        this.cells = options.cells();
    }

    /** @param terminal whether progress is shown as a bar */
    public Results run(boolean terminal) throws InterruptedException {
        prepare();
        try (var db = MarketDb.unwatched();
                var market = new Market(db, options.customers());
                var generator = Generator.start();
                var progress = new Progress(System.err, terminal, plannedMillis())) {
            if (options.workloads().contains(Workload.SLOW.key())) {
                market.requirePolicies();
            }
            var results = new Results(options, Machine.here(market.version()));
            var turn = new Turn(market, generator, millis());
            var ceilings = new Ceilings(new DatabaseCeiling(db), turn, compiled(Ceilings.STATIC));
            try {
                for (var round = 1; round <= options.rounds(); round++) {
                    play(round, turn, ceilings, results, progress);
                }
            } catch (WorkshopException e) {
                results.endedBy(e);
            }
            return results;
        } catch (SQLException e) {
            throw new WorkshopException("The database says: " + e.getMessage(), e);
        }
    }

    private void play(int round, Turn turn, Ceilings ceilings, Results results, Progress progress)
            throws InterruptedException {
        if (measuresTotals()) {
            progress.turn(title(round, "ceilings"));
            results.add(ceilings.how(), ceilings.measure(options.seconds()));
            progress.done(ceilingMillis());
        }
        for (var variant : round % 2 == 1 ? variants : variants.reversed()) {
            progress.turn(title(round, "step " + variant.label()));
            play(turn, variant, results, progress);
        }
    }

    private void prepare() {
        if (variants.stream().allMatch(variant -> turns(variant).isEmpty())) {
            throw new WorkshopException(
                    "There is nothing to measure: slow and high rates want a pool, which steps 1 and 2 and "
                            + "5-reactive do not have, and 5-reactive has total and list of its own, and no more.");
        }
        var stages = variants.stream().map(Variant::stage).collect(Collectors.toCollection(ArrayList::new));
        stages.add(Ceilings.STATIC.stage());
        stages.add(Generator.module());
        Stage.resolve("all steps", stages.stream().distinct().toList());
        variants.forEach(this::compiled);
    }

    private Stage compiled(Variant variant) {
        return compiled.computeIfAbsent(variant.stage(), source -> {
            var folder = classes.resolve(source.name().replace('/', '-'));
            return StageCompiler.require(source.compiledTo(folder), source.name());
        });
    }

    private void play(Turn turn, Variant variant, Results results, Progress progress) {
        for (var cells : turns(variant)) {
            turn.play(variant, compiled(variant), cells, cell -> progress.now(cell.label()), (cell, sample) -> {
                results.add(variant, cell, sample);
                progress.done(Turn.estimatedMillis(cells, millis()) / cells.size());
            });
        }
    }

    /** @return cells that one start of the service is enough for: those with the same pool */
    private List<List<Cell>> turns(Variant variant) {
        var byPool = cells.stream()
                .filter(cell -> cell.suits(variant))
                .collect(Collectors.groupingBy(Cell::pool, LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(byPool.values());
    }

    private boolean measuresTotals() {
        return options.workloads().contains(Workload.TOTAL.key());
    }

    private int millis() {
        return 1000 * options.seconds();
    }

    private long ceilingMillis() {
        return millis() + Turn.estimatedMillis(Ceilings.CELLS, millis());
    }

    private long plannedMillis() {
        var turns = variants.stream()
                .flatMap(variant -> turns(variant).stream())
                .mapToLong(cells -> Turn.estimatedMillis(cells, millis()))
                .sum();
        return options.rounds() * (turns + (measuresTotals() ? ceilingMillis() : 0));
    }

    private String title(int round, String what) {
        return "round %d of %d · %s".formatted(round, options.rounds(), what);
    }
}
