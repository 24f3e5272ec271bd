package workshop.cli;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;
import workshop.db.WorkshopException;
import workshop.stage.Repository;
import workshop.stage.Stage;

/** {@code [step] [solved]}: which stage a command means. */
final class StageArguments {
    @Parameters(
            index = "0..1",
            arity = "0..2",
            hideParamSyntax = true,
            paramLabel = "[STEP] [solved]",
            description =
                    "The step's number, and \"solved\" for the finished twin. Default: the exercise of the step you are at.")
    private String[] words = {};

    Stage stage() {
        var steps = Stream.of(words)
                .filter(word -> !word.matches("solved|exercise"))
                .toList();
        if (steps.size() > 1) {
            throw new WorkshopException("One step, not %s (PowerShell wants a list in quotes: '1,2')."
                    .formatted(String.join(" and ", steps)));
        }
        var step = steps.isEmpty() ? StepArgument.current() : Repository.step(steps.getFirst());
        return List.of(words).contains("solved") ? step.solved() : step.exercise();
    }
}
