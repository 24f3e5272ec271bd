package workshop.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import workshop.bench.Generator;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.stage.Maven;
import workshop.stage.Repository;
import workshop.stage.Stage;

/** Fetches what every step needs, so that a workshop does not wait for its network. */
@Command(name = "warm", description = "Fetch what all steps need, the day before a workshop.")
final class WarmCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException, InterruptedException {
        var steps = Repository.steps();
        var stages = Stream.concat(
                Stream.of(Generator.module()),
                steps.stream().flatMap(step -> Stream.of(step.exercise(), step.solved())));
        Stage.resolve("all steps", stages.toList());
        steps.forEach(
                step -> tell(step.name() + ", " + step.exercise().libraries().size() + " libraries"));
        tell("load generator, " + Generator.module().libraries().size() + " libraries");
        Maven.resolveTests();
        tell("what ./run.sh test needs");
        prepareSite();
        try (var db = MarketDb.open()) {
            tell(db.isEmbedded() ? "embedded PostgreSQL starts" : "MARKETDB_URL answers at " + db.address());
        }
        return 0;
    }

    /** Whoever cannot fetch what the site is built with has the rest of it all the same, and the built site. */
    private static void prepareSite() throws IOException, InterruptedException {
        try {
            if (DocsCommand.prepare()) {
                tell("what the site is built with");
            } else if (DocsCommand.isBuilt()) {
                tell("the built site");
            } else {
                System.out.println(Ansi.AUTO.string("@|red ✗|@ ") + DocsCommand.missing());
            }
        } catch (WorkshopException e) {
            System.out.println(Ansi.AUTO.string("@|red ✗|@ ") + e.getMessage());
        }
    }

    private static void tell(String finding) {
        System.out.println(Ansi.AUTO.string("@|green ✓|@ ") + finding);
    }
}
