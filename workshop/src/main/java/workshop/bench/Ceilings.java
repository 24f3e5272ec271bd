package workshop.bench;

import java.util.List;
import workshop.stage.Stage;

/** What no service can surpass: the database asked by a bare client, and an HTTP server that asks nobody. */
final class Ceilings {
    /** Whose {@code GET /} is the static answer. */
    static final Variant STATIC = Variant.of("3");

    static final List<Cell> CELLS = List.of(Cell.closed(Workload.HELLO, 64));

    private final DatabaseCeiling database;
    private final Turn turn;
    private final Stage stage;

    Ceilings(DatabaseCeiling database, Turn turn, Stage stage) {
        this.database = database;
        this.turn = turn;
        this.stage = stage;
    }

    /**
     * Of one round, answers a second.
     *
     * @param fixed an answer that is always the same
     */
    record Pair(double database, double fixed) {
        /** @return what both together allow, one after the other on the same processors */
        double serial() {
            return 1 / (1 / database + 1 / fixed);
        }
    }

    String how() {
        return database.how();
    }

    Pair measure(int seconds) throws InterruptedException {
        var hello = new double[1];
        turn.play(
                STATIC,
                stage,
                CELLS,
                cell -> {},
                (cell, sample) -> hello[0] = sample.values().get(Metric.PER_SECOND));
        return new Pair(database.perSecond(seconds), hello[0]);
    }
}
