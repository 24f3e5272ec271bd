package workshop.bench;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import workshop.db.WorkshopException;

/** What is asked for, and under which loads. */
enum Workload {
    /** Nobody asks the database: a ceiling, not a cell of its own. */
    HELLO("a static answer"),
    TOTAL("one order's total") {
        @Override
        List<Cell> cells(Options options) {
            var cells = new ArrayList<Cell>();
            options.connections().forEach(connections -> cells.add(Cell.closed(this, connections)));
            options.rates().forEach(rate -> cells.add(Cell.open(this, rate)));
            return cells;
        }
    },
    ORDERS("a customer's 10 orders, nested"),
    TOTALS("20 totals in one request") {
        @Override
        List<Cell> cells(Options options) {
            return List.of(Cell.closed(this, 1), Cell.closed(this, 64));
        }
    },
    LIST("all customers, streamed from step 4 on") {
        @Override
        List<Cell> cells(Options options) {
            return List.of(Cell.closed(this, 1));
        }
    },
    NEW("a new order of 3 items"),
    MIXED("13 totals, 4 orders, 2 new, 1 of 20 totals"),
    /** The total once more; its query waits, because the database is told to. */
    SLOW("the total, but the query waits 20 ms in the database") {
        @Override
        List<Cell> cells(Options options) {
            return Stream.concat(
                            Stream.of(Cell.slow(1, options.pools().getFirst())),
                            options.pools().stream().map(pool -> Cell.slow(256, pool)))
                    .toList();
        }
    };

    private final String title;

    Workload(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    List<Cell> cells(Options options) {
        return List.of(Cell.closed(this, 64));
    }

    /** @return whether it leaves rows behind */
    boolean writes() {
        return this == NEW || this == MIXED;
    }

    /** @return what the generator knows it as */
    String question() {
        return this == SLOW ? TOTAL.question() : key();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Workload of(String name) {
        var cells = EnumSet.complementOf(EnumSet.of(HELLO));
        return cells.stream()
                .filter(workload -> workload.key().equals(name))
                .findFirst()
                .orElseThrow(() -> new WorkshopException("There is no workload \"" + name + "\". The workloads are: "
                        + String.join(", ", cells.stream().map(Workload::key).toList()) + "."));
    }
}
