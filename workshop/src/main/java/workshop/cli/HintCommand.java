package workshop.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workshop.stage.Exercises;
import workshop.stage.Exercises.Exercise;
import workshop.stage.Progress;
import workshop.stage.TwinAnswer;

/** Gives the next rung of an exercise's ladder of hints. */
@Command(name = "hint", description = "Show the next hint of an exercise.")
final class HintCommand implements Callable<Integer> {
    private static final List<String> RUNGS =
            List.of("Where to look", "The idea", "What helps", "The pieces, in mixed order", "The twin's answer");

    @Parameters(paramLabel = "EXERCISE", description = "As in 1.2.")
    private String number;

    @Option(names = "--again", description = "Start with the first hint again.")
    private boolean again;

    @Override
    public Integer call() {
        var exercise = Exercises.find(number);
        var progress = Progress.load();
        if (again) {
            progress.rungs().remove(number);
        }
        var rung = Math.min(progress.rungs().merge(number, 1, Integer::sum), RUNGS.size());
        progress.rungs().put(number, rung);
        System.out.println(Ansi.AUTO.string(
                "@|bold %s  %s|@  @|faint hint %d of %d|@".formatted(number, exercise.title(), rung, RUNGS.size())));
        System.out.println(Ansi.AUTO.string("@|yellow " + RUNGS.get(rung - 1) + "|@"));
        var hints = exercise.hints();
        switch (rung) {
            case 1 -> System.out.println(Prose.wrapped(hints.where(), ""));
            case 2 -> {
                System.out.println(Prose.wrapped(hints.concept(), ""));
                System.out.println("More: " + number + " on the step's page, ./run.sh docs");
            }
            case 3 -> System.out.println(Prose.wrapped(hints.api(), ""));
            case 4 ->
                System.out.println(hints.pieces().stream()
                        .map(piece -> "  " + piece.strip().replace("\n", "\n  "))
                        .collect(Collectors.joining("\n")));
            default -> printTwinsDiff(exercise);
        }
        // Last: a full disk takes no hint away.
        progress.save();
        return 0;
    }

    private static void printTwinsDiff(Exercise exercise) {
        var step = exercise.step();
        new TwinAnswer(step, exercise)
                .members(step.exercise().sources())
                .forEach((member, texts) -> CompareCommand.print(CompareCommand.unified(
                        member, texts[0].lines().toList(), texts[1].lines().toList())));
        System.out.println("./run.sh solve " + exercise.number() + " takes it over.");
    }
}
