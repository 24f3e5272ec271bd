package workshop.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workshop.contract.Seed;
import workshop.db.WorkshopException;
import workshop.lesson.Gate;
import workshop.lesson.Gate.Verdict;
import workshop.stage.Repository;
import workshop.stage.Stage;

/** For authors: proves that the checks can be neither fooled nor unfair. */
@Command(name = "gate", description = "For authors: prove that the checks cannot be fooled.")
final class GateCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "STEP", description = "Default: all steps.")
    private List<String> names = List.of();

    @Option(names = "--update", description = "Write the golden transcripts that are missing.")
    private boolean update;

    @Option(names = "--seed", paramLabel = "S", description = "Repeat a run with the same random data.")
    private Long seed;

    @Option(
            names = "--only",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Judge only the candidates that have this in their name: 1.3, solved, impostor.")
    private String only;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "How often starter and solved are asked; the other candidates half as often. 1, as in CI, leaves solved to ./run.sh test. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "Begin no candidate later, as in CI; which come first is chance. Default: judge all.")
    private Integer minutes;

    @Override
    public Integer call() {
        if (runs < 1) {
            throw new WorkshopException("--runs takes a number from 1 on.");
        }
        if (minutes != null && minutes < 1) {
            throw new WorkshopException("--minutes takes a number from 1 on.");
        }
        var steps = names.isEmpty()
                ? Repository.steps()
                : names.stream().map(Repository::step).toList();
        // Before many ask at once: each would call Maven, which compiles the workshop anew below the others' feet.
        Stage.resolve(
                "the steps",
                steps.stream()
                        .flatMap(step -> Stream.of(step.exercise(), step.solved()))
                        .toList());
        var chosen = seed == null ? Seed.any().value() : seed;
        var verdicts = new CopyOnWriteArrayList<Verdict>();
        var start = System.nanoTime();
        var gates = steps.stream()
                .map(step -> new Gate(step, only, runs, update, chosen, verdict -> {
                    verdicts.add(verdict);
                    print(verdict, (System.nanoTime() - start) / 1e9);
                }))
                .toList();
        var left = Gate.judge(gates, Optional.ofNullable(minutes).map(Duration::ofMinutes));
        if (left > 0) {
            System.out.printf("%d candidates, for whom there was no time, are left to ./run.sh gate%n", left);
        }
        var good = verdicts.stream().filter(Verdict::good).count();
        System.out.printf("gate: %d passed, %d failed (seed %d)%n", good, verdicts.size() - good, chosen);
        return good == verdicts.size() && good > 0 ? 0 : 1;
    }

    /** At once, because several judges speak. */
    private static void print(Verdict verdict, double seconds) {
        var text = new StringBuilder(Ansi.AUTO.string((verdict.good() ? "  @|green ✓|@ " : "  @|red ✗|@ ")
                + "%-68s @|faint %6.1f s|@%n".formatted(verdict.candidate(), seconds)));
        verdict.problem().lines().forEach(line -> text.append("      %s%n".formatted(line)));
        if (!verdict.doubt().isEmpty()) {
            text.append("      At the first attempt:%n".formatted());
            verdict.doubt().lines().forEach(line -> text.append("      %s%n".formatted(line)));
        }
        System.out.print(text);
    }
}
