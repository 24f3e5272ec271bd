package workshop.cli;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import workshop.stage.Exercises;
import workshop.stage.Progress;
import workshop.stage.Repository;

/** Shows the steps, what is done, and where the learner is. */
@Command(name = "list", description = "Show the steps, what is done, and where you are.")
final class ListCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        var progress = Progress.load();
        for (var step : Repository.steps()) {
            var exercises = Exercises.of(step);
            var here = step.number() == progress.step() ? "  @|bold,yellow ← you are here|@" : "";
            System.out.println(Ansi.AUTO.string("@|bold %d  %s|@  (%d min of exercises)%s"
                    .formatted(step.number(), exercises.title(), exercises.minutes(), here)));
            System.out.println(exercises.exercises().stream()
                    .map(exercise -> Ansi.AUTO.string(
                            (progress.done().contains(exercise.number()) ? "   @|green ✓|@ " : "   @|faint ·|@ ")
                                    + exercise.number() + "  " + exercise.title()))
                    .collect(Collectors.joining("\n")));
        }
        return 0;
    }
}
