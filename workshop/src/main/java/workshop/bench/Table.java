package workshop.bench;

import static workshop.bench.Column.number;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The results for people: a table for each load, a line for each variant, with a bar for how many a second. */
final class Table {
    private static final int BAR = 14;

    private final Results results;
    private final PrintStream out;

    Table(Results results, PrintStream out) {
        this.results = results;
        this.out = out;
    }

    void print() {
        var machine = results.machine();
        out.printf("%d cores, %s, %d GB, %s%n", machine.cores(), machine.cpu(), machine.memoryGb(), machine.system());
        out.printf("JDK %s, PostgreSQL %s%n", machine.jdk(), machine.versions().get("PostgreSQL"));
        results.ceiling(Ceilings.Pair::serial).ifPresent(this::printCeilings);
        results.cells().stream()
                .collect(Collectors.groupingBy(CellResult::cell, LinkedHashMap::new, Collectors.toList()))
                .forEach(this::print);
        printWhatWasNotWarm();
    }

    private void printWhatWasNotWarm() {
        var cells = results.cells().stream()
                .filter(results::wasCompiledMeanwhile)
                .map(CellResult::id)
                .toList();
        if (!cells.isEmpty()) {
            out.println("\nNot warm: in some round compilers took more than a tenth of the time of");
            cells.forEach(cell -> out.println("  " + cell));
        }
    }

    private void printCeilings(Figure serial) {
        var database = results.ceiling(Ceilings.Pair::database).orElseThrow();
        var fixed = results.ceiling(Ceilings.Pair::fixed).orElseThrow();
        out.printf("%nCeilings, a second: %s totals (%s)%n", number(database.median()), results.databaseCeiling());
        out.printf(
                "and %s static answers; one after the other that makes %s.%n",
                number(fixed.median()), number(serial.median()));
    }

    private void print(Cell cell, List<CellResult> rows) {
        var columns = Column.of(cell.workload());
        out.println();
        out.println(Ansi.AUTO.string(
                "@|bold " + cell.label() + "|@: " + cell.workload().title()));
        var head = columns.stream().map(Column::head).collect(Collectors.joining());
        out.println(Ansi.AUTO.string("@|faint %-12s%-14s%9s%s   × before|@".formatted("step", "", "a second", head)));
        var most = rows.stream()
                .mapToDouble(row -> row.median(Metric.PER_SECOND))
                .max()
                .orElse(1);
        rows.forEach(row -> out.println(line(row, columns, most)));
    }

    private String line(CellResult row, List<Column> columns, double most) {
        var speed = row.median(Metric.PER_SECOND);
        var line = new StringBuilder("%-12s%s%9s".formatted(row.variant().label(), bar(speed / most), number(speed)));
        columns.forEach(column -> line.append(column.cell(results, row)));
        results.stepBefore(row).ifPresent(before -> line.append("%11s".formatted(number(row.times(before)))));
        row.failures().forEach((reason, count) -> line.append("%n%12s%,d failed: %s".formatted("", count, reason)));
        return line.toString();
    }

    private static String bar(double part) {
        var eighths = (int) Math.round(BAR * 8 * (Double.isNaN(part) ? 0 : part));
        var bar = "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉".charAt(eighths % 8 - 1));
        return bar + " ".repeat(BAR - bar.length());
    }
}
