package workshop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import workshop.db.MarketDb;
import workshop.stage.Repository;

/** Fetches what every step needs, so that a workshop does not wait for its network. */
@Command(name = "warm", description = "Fetch what all steps need, the day before a workshop.")
final class WarmCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        for (var step : Repository.steps()) {
            var jars = step.exercise().libraries().size();
            step.solved().libraries();
            tell(step.name() + ", " + jars + " libraries");
        }
        try (var db = MarketDb.open()) {
            tell(db.isEmbedded() ? "embedded PostgreSQL starts" : "MARKETDB_URL answers at " + db.address());
        }
        return 0;
    }

    private static void tell(String finding) {
        System.out.println(Ansi.AUTO.string("@|green ✓|@ ") + finding);
    }
}
