package workshop.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * What the table says of a cell besides its speed.
 *
 * @param text of one cell
 */
record Column(String title, int width, BiFunction<Results, CellResult, String> text) {
    private static final Column SPREAD = new Column(
            "±",
            6,
            (results, cell) -> cell.figure(Metric.PER_SECOND)
                    .filter(figure -> figure.rounds().size() > 1)
                    .map(figure -> "%.0f %%".formatted(figure.spreadPercent()))
                    .orElse(""));
    private static final Column PREDICTED = new Column(
            "predicted",
            11,
            (results, cell) -> results.prediction(cell).stream()
                    .mapToObj(Column::number)
                    .findFirst()
                    .orElse(""));

    /** @return the columns that tell most of a workload */
    static List<Column> of(Workload workload) {
        return switch (workload) {
            case LIST ->
                List.of(
                        SPREAD,
                        of("MB/s", 7, Metric.MB_PER_SECOND),
                        of("first ms", 10, Metric.FIRST_BYTE_MS),
                        of("last ms", 9, Metric.P50_MS),
                        of("heap MB", 9, Metric.HEAP_MB),
                        of("old MB", 8, Metric.OLD_MB));
            case SLOW ->
                List.of(
                        SPREAD,
                        PREDICTED,
                        of("p50 ms", 9, Metric.P50_MS),
                        of("p99 ms", 9, Metric.P99_MS),
                        of("threads", 9, Metric.THREADS));
            default ->
                List.of(
                        SPREAD,
                        of("p50 ms", 8, Metric.P50_MS),
                        of("p99 ms", 8, Metric.P99_MS),
                        of("service µs", 12, Metric.SERVICE_MICROS),
                        of("database µs", 13, Metric.DATABASE_MICROS),
                        of("KB", 6, Metric.ALLOCATED_KB));
        };
    }

    private static Column of(String title, int width, Metric metric) {
        return new Column(
                title,
                width,
                (results, cell) -> cell.figure(metric)
                        .map(figure -> number(figure.median()))
                        .orElse("–"));
    }

    String head() {
        return padded(title);
    }

    String cell(Results results, CellResult cell) {
        return padded(text.apply(results, cell));
    }

    private String padded(String content) {
        return " ".repeat(Math.max(1, width - content.length())) + content;
    }

    /** Three digits say what can be known. */
    static String number(double value) {
        var digits = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, digits, value);
    }
}
