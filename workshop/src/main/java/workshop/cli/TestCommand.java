package workshop.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workshop.db.MarketDb;
import workshop.stage.Maven;
import workshop.stage.Repository;

/** Runs the test suite: the contract on every stage, the lessons on every solved one. */
@Command(name = "test", description = "Run the whole test suite, or one step's.")
final class TestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STEP", arity = "0..1", description = "The step's number. Default: everything.")
    private String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        // One step's failure says nothing about the next one's.
        var goals = new ArrayList<>(List.of("test", "--fail-at-end"));
        if (MarketDb.namedUrl().isEmpty()) {
            // More modules at a time than processors, because tests often wait; each has a database of its own.
            goals.addAll(List.of(
                    "-T", Integer.toString(Math.min(Runtime.getRuntime().availableProcessors() + 1, 4))));
        }
        if (name != null) {
            var step = Repository.step(name).name();
            goals.addAll(List.of("-am", "-Dworkshop.tests.skipped", "-pl", step + "/exercise," + step + "/solved"));
        }
        return Maven.run(goals);
    }
}
