package workshop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workshop.stage.Exercises;
import workshop.stage.Keep;
import workshop.stage.Progress;
import workshop.stage.Repository;
import workshop.stage.Starter;

/** Puts a starter back. */
@Command(name = "reset", description = "Put a starter back; yours is kept aside.")
final class ResetCommand implements Callable<Integer> {
    /** Required, as nothing else is: what is wiped is named. */
    @Parameters(paramLabel = "STEP", description = "The step's number.")
    private String name;

    @Override
    public Integer call() {
        var step = Repository.step(name);
        var kept = Keep.aside(step);
        System.out.println("Your version is in " + Repository.root().relativize(kept) + ".");
        Starter.restore(step);
        var progress = Progress.load();
        for (var exercise : Exercises.of(step).exercises()) {
            progress.done().remove(exercise.number());
            progress.rungs().remove(exercise.number());
        }
        System.out.println(step.name() + " is as at its start.");
        progress.save();
        return 0;
    }
}
