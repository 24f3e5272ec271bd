package workshop.cli;

import picocli.CommandLine.Parameters;
import workshop.stage.Progress;
import workshop.stage.Repository;
import workshop.stage.Step;

/** {@code [step]}: which step a command means. */
final class StepArgument {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "STEP",
            description = "The step's number. Default: the step you are at.")
    private String name;

    Step step() {
        return name == null ? current() : Repository.step(name);
    }

    static Step current() {
        return Repository.step(Integer.toString(Progress.load().step()));
    }
}
