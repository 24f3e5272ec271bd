package workshop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import workshop.stage.Exercises;
import workshop.stage.Keep;
import workshop.stage.Progress;
import workshop.stage.Repository;
import workshop.stage.Starter;

/** Puts a starter back. */
@Command(name = "reset", description = "Put a starter back; yours is kept aside.")
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private StepArgument argument;

    @Override
    public Integer call() {
        var step = argument.step();
        var kept = Keep.aside(step);
        Starter.restore(step);
        var progress = Progress.load();
        for (var exercise : Exercises.of(step).exercises()) {
            progress.done().remove(exercise.number());
            progress.rungs().remove(exercise.number());
        }
        progress.save();
        System.out.println(step.name() + " is as at its start. Your version is in "
                + Repository.root().relativize(kept) + ".");
        return 0;
    }
}
