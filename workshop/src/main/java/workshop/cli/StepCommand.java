package workshop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workshop.stage.Progress;
import workshop.stage.Repository;

/** Moves the learner to another step. */
@Command(name = "step", description = "Go to a step.")
final class StepCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STEP", description = "The step's number.")
    private String name;

    @Override
    public Integer call() {
        var step = Repository.step(name);
        Progress.load().at(step.number()).save();
        System.out.println("You are at " + step.name() + ". Read " + step.name() + "/README.md, then ./run.sh run.");
        return 0;
    }
}
