package workshop.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All rounds of one cell with one variant. */
final class CellResult {
    /** The order of the table: what belongs together, then step by step. */
    static final Comparator<CellResult> ORDER = Comparator.comparing((CellResult result) -> result.cell.workload())
            .thenComparing(result -> result.cell.rate())
            .thenComparing(result -> result.cell.connections())
            .thenComparing(result -> result.cell.pool());

    private final Variant variant;
    private final Cell cell;
    private final List<Sample> samples = new ArrayList<>();

    CellResult(Variant variant, Cell cell) {
        this.variant = variant;
        this.cell = cell;
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    Variant variant() {
        return variant;
    }

    Cell cell() {
        return cell;
    }

    /** @return {@code total/64/step-5-reactive} */
    String id() {
        return cell.id() + "/" + variant.id();
    }

    Optional<Figure> figure(Metric metric) {
        var rounds = samples.stream()
                .map(sample -> sample.values().get(metric))
                // Without a single answer there is no latency.
                .filter(value -> value != null && Double.isFinite(value))
                .toList();
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Figure.of(rounds));
    }

    double median(Metric metric) {
        return figure(metric).map(Figure::median).orElse(Double.NaN);
    }

    /** @return how many times as much a second as another one */
    double times(CellResult other) {
        return figure(Metric.PER_SECOND)
                .orElseThrow()
                .times(other.figure(Metric.PER_SECOND).orElseThrow());
    }

    Map<Metric, Figure> figures() {
        var figures = new EnumMap<Metric, Figure>(Metric.class);
        for (var metric : Metric.values()) {
            figure(metric).ifPresent(figure -> figures.put(metric, figure));
        }
        return figures;
    }

    /** @return failures of all rounds, by status or reason */
    Map<String, Long> failures() {
        var all = new TreeMap<String, Long>();
        samples.forEach(sample -> sample.failures().forEach((reason, count) -> all.merge(reason, count, Long::sum)));
        return all;
    }
}
