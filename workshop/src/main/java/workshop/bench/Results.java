package workshop.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import workshop.db.WorkshopException;

/** Everything that was measured, and what follows from it. */
public final class Results {
    private static final double TOO_MUCH_COMPILATION = 0.1;

    private final Options options;
    private final Machine machine;
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final List<CellResult> cells = new ArrayList<>();
    private final List<Ceilings.Pair> ceilings = new ArrayList<>();
    private String databaseCeiling = "";
    private String problem = "";

    Results(Options options, Machine machine) {
        this.options = options;
        this.machine = machine;
    }

    void add(Variant variant, Cell cell, Sample sample) {
        var result = find(variant, cell).orElseGet(() -> {
            var added = new CellResult(variant, cell);
            cells.add(added);
            return added;
        });
        result.add(sample);
    }

    /** @param how the database's was measured */
    void add(String how, Ceilings.Pair pair) {
        databaseCeiling = how;
        ceilings.add(pair);
    }

    /** @throws WorkshopException what ended it, when there are no figures to keep */
    void endedBy(WorkshopException what) {
        if (cells.isEmpty()) {
            throw what;
        }
        problem = what.getMessage();
    }

    /** @return what ended the measurement before its time; empty when nothing did */
    public String problem() {
        return problem;
    }

    /** Prints them for people. */
    public void print(PrintStream out) {
        new Table(this, out).print();
    }

    /** Writes them for programs. */
    public void write(Path file) {
        Json.write(this, file);
    }

    Options options() {
        return options;
    }

    Machine machine() {
        return machine;
    }

    Instant start() {
        return start;
    }

    /** @return cells that are compared with each other stand together, in the order of the steps */
    List<CellResult> cells() {
        return cells.stream().sorted(CellResult.ORDER).toList();
    }

    Optional<CellResult> find(Variant variant, Cell cell) {
        return cells.stream()
                .filter(result ->
                        result.variant().equals(variant) && result.cell().equals(cell))
                .findFirst();
    }

    /** @return how the database's ceiling was measured; empty if it was not */
    String databaseCeiling() {
        return databaseCeiling;
    }

    /** @return one of the ceilings, answers a second, if they were measured */
    Optional<Figure> ceiling(ToDoubleFunction<Ceilings.Pair> which) {
        return ceilings.isEmpty()
                ? Optional.empty()
                : Optional.of(Figure.of(
                        ceilings.stream().map(pair -> which.applyAsDouble(pair)).toList()));
    }

    /** @return whether in some round compilers, of which several run at once, took more than a tenth of the time */
    boolean wasCompiledMeanwhile(CellResult result) {
        var measured = 1000 * result.cell().measuredFor(options.seconds());
        return result.figure(Metric.COMPILE_MS).stream()
                .flatMap(figure -> figure.rounds().stream())
                .anyMatch(millis -> millis > measured * TOO_MUCH_COMPILATION);
    }

    /** @return the same load, one step before */
    Optional<CellResult> stepBefore(CellResult result) {
        return cells.stream()
                .filter(other ->
                        other.cell().equals(result.cell()) && result.variant().follows(other.variant()))
                .filter(other -> other.median(Metric.PER_SECOND) > 0)
                .findFirst();
    }

    /** @return which part of the serial ceiling totals reach when requests come as fast as they are answered */
    OptionalDouble ratioToCeiling(CellResult result) {
        var serial = ceiling(Ceilings.Pair::serial);
        return serial.isEmpty()
                        || result.cell().workload() != Workload.TOTAL
                        || result.cell().rate() > 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        result.figure(Metric.PER_SECOND).orElseThrow().times(serial.get()));
    }

    /**
     * Little's law: as many as the pool has are in the database at once, each for as long as one takes that is alone.
     *
     * @return answers a second
     */
    OptionalDouble prediction(CellResult result) {
        if (!result.cell().isSlow() || result.cell().connections() == 1) {
            return OptionalDouble.empty();
        }
        return cells.stream()
                .filter(other -> other.variant().equals(result.variant())
                        && other.cell().isSlow()
                        && other.cell().connections() == 1)
                .mapToDouble(alone -> 1000 * result.cell().pool() / alone.median(Metric.MEAN_MS))
                .filter(Double::isFinite)
                .findFirst();
    }
}
