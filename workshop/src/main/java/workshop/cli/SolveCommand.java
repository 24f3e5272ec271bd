package workshop.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workshop.stage.Exercises;
import workshop.stage.Exercises.Exercise;
import workshop.stage.Keep;
import workshop.stage.Progress;
import workshop.stage.Repository;
import workshop.stage.StageCompiler;
import workshop.stage.TwinAnswer;

/** Takes over the twin's answer to one exercise. */
@Command(name = "solve", description = "Take over the answer to one exercise.")
final class SolveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXERCISE", description = "As in 1.2.")
    private String number;

    @Override
    public Integer call() throws IOException {
        var exercise = Exercises.find(number);
        var kept = Keep.aside(exercise.step());
        System.out.println("Your version before is in " + Repository.root().relativize(kept) + ".");
        solve(exercise);
        System.out.println("See what it does: ./run.sh check " + number);
        sayWhetherItFits(exercise);
        return 0;
    }

    /** Answers of one's own to other exercises may name things otherwise than the twin's do. */
    private static void sayWhetherItFits(Exercise exercise) throws IOException {
        var stage = exercise.step().exercise().compiledTo(StageCompiler.temporaryFolder());
        var needs = exercise.needs();
        // To fetch libraries is for whoever runs or checks it.
        if (!needs.isEmpty()
                && stage.isResolved()
                && !StageCompiler.compile(stage).succeeded()) {
            System.out.println(
                    "It does not compile together with your own answer to %s: ./run.sh solve %s takes that over too."
                            .formatted(String.join(" and ", needs), String.join(", then ./run.sh solve ", needs)));
        }
    }

    private static void solve(Exercise exercise) throws IOException {
        var step = exercise.step();
        var sources = step.exercise().sources();
        for (var number : exercise.needs()) {
            var needed = Exercises.find(number);
            // What has passed its check, or was taken over, stays as it is.
            if (!Progress.load().isAnswered(needed)) {
                solve(needed);
            }
        }
        new TwinAnswer(step, exercise).writeTo(sources);
        System.out.println("Took over " + String.join(", ", exercise.members()) + " for " + exercise.number() + ".");
    }
}
