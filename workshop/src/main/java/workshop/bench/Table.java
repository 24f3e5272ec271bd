package workshop.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The results for people: a table for each load, a line for each variant, with a bar for how many a second. */
final class Table {
    private static final int BAR = 16;
    private static final List<Column> COSTS = List.of(
            Column.of("±", 5, Table::spread),
            Column.of("p50 ms", 9, Metric.P50_MS),
            Column.of("p99 ms", 9, Metric.P99_MS),
            Column.of("µs service", 11, Metric.SERVICE_MICROS),
            Column.of("database", 9, Metric.DATABASE_MICROS),
            Column.of("KB", 7, Metric.ALLOCATED_KB));
    private static final List<Column> STREAM = List.of(
            Column.of("±", 5, Table::spread),
            Column.of("MB/s", 7, Metric.MB_PER_SECOND),
            Column.of("first ms", 10, Metric.FIRST_BYTE_MS),
            Column.of("last ms", 9, Metric.P50_MS),
            Column.of("heap MB", 9, Metric.HEAP_MB),
            Column.of("old MB", 8, Metric.OLD_MB));
    private static final List<Column> LITTLE = List.of(
            Column.of("±", 5, Table::spread),
            Column.of(
                    "predicted",
                    11,
                    (results, row) -> results.prediction(row).stream()
                            .mapToObj(Table::number)
                            .findFirst()
                            .orElse("")),
            Column.of("p50 ms", 9, Metric.P50_MS),
            Column.of("p99 ms", 9, Metric.P99_MS),
            Column.of("threads", 9, Metric.THREADS));

    private final Results results;
    private final PrintStream out;

    Table(Results results, PrintStream out) {
        this.results = results;
        this.out = out;
    }

    private interface Content {
        String of(Results results, CellResult row);
    }

    private record Column(String title, int width, Content content) {
        static Column of(String title, int width, Content content) {
            return new Column(title, width, content);
        }

        static Column of(String title, int width, Metric metric) {
            return new Column(
                    title,
                    width,
                    (results, row) -> row.figure(metric)
                            .map(figure -> number(figure.median()))
                            .orElse("–"));
        }
    }

    void print() {
        var machine = results.machine();
        out.printf("%d cores, %s, %d GB, %s%n", machine.cores(), machine.cpu(), machine.memoryGb(), machine.system());
        out.printf("JDK %s, PostgreSQL %s%n", machine.jdk(), machine.versions().get("PostgreSQL"));
        results.ceiling(Ceilings.Pair::serial).ifPresent(serial -> {
            var database = results.ceiling(Ceilings.Pair::database).orElseThrow();
            var fixed = results.ceiling(Ceilings.Pair::fixed).orElseThrow();
            out.printf(
                    "%nCeilings, a second: %s totals by the database alone (%s),%n%s static answers; one after the other %s.%n",
                    number(database.median()),
                    results.databaseCeiling(),
                    number(fixed.median()),
                    number(serial.median()));
        });
        results.cells().stream()
                .collect(Collectors.groupingBy(CellResult::cell, LinkedHashMap::new, Collectors.toList()))
                .forEach(this::print);
    }

    private void print(Cell cell, List<CellResult> rows) {
        var columns = switch (cell.workload()) {
            case LIST -> STREAM;
            case SLOW -> LITTLE;
            default -> COSTS;
        };
        out.println();
        out.println(Ansi.AUTO.string(
                "@|bold " + cell.label() + "|@: " + cell.workload().title()));
        var head = new StringBuilder("%-11s %-16s%9s".formatted("", "", "a second"));
        columns.forEach(column -> head.append(padded(column.title(), column.width())));
        out.println(Ansi.AUTO.string("@|faint " + head + "   × before|@"));
        var most = rows.stream()
                .mapToDouble(row -> row.median(Metric.PER_SECOND))
                .max()
                .orElse(1);
        rows.forEach(row -> out.println(line(row, columns, most)));
    }

    private String line(CellResult row, List<Column> columns, double most) {
        var speed = row.median(Metric.PER_SECOND);
        var line = new StringBuilder("%-11s %s%9s".formatted(row.variant().label(), bar(speed / most), number(speed)));
        columns.forEach(column -> line.append(padded(column.content().of(results, row), column.width())));
        results.stepBefore(row)
                .ifPresent(before -> line.append("   × ").append(number(speed / before.median(Metric.PER_SECOND))));
        row.failures()
                .forEach((reason, count) -> line.append("%n%12s%,d requests failed: %s".formatted("", count, reason)));
        return line.toString();
    }

    private static String spread(Results results, CellResult row) {
        return row.figure(Metric.PER_SECOND)
                .filter(figure -> figure.rounds().size() > 1)
                .map(figure -> "%.0f %%".formatted(figure.spreadPercent()))
                .orElse("");
    }

    private static String bar(double part) {
        var eighths = (int) Math.round(BAR * 8 * (Double.isNaN(part) ? 0 : part));
        var bar = "█".repeat(eighths / 8)
                + (eighths % 8 == 0 ? "" : Character.toString("▏▎▍▌▋▊▉".charAt(eighths % 8 - 1)));
        return bar + " ".repeat(BAR - bar.length());
    }

    private static String padded(String text, int width) {
        return " ".repeat(Math.max(1, width - text.length())) + text;
    }

    /** Three digits say what can be known. */
    static String number(double value) {
        var digits = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, digits, value);
    }
}
