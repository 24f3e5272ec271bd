package workshop.cli;

import picocli.CommandLine.Parameters;
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
        var step = StepArgument.current();
        var solved = false;
        for (var word : words) {
            switch (word) {
                case "solved" -> solved = true;
                case "exercise" -> solved = false;
                default -> step = Repository.step(word);
            }
        }
        return solved ? step.solved() : step.exercise();
    }
}
