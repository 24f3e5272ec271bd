package workshop.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import workshop.db.MarketDb;
import workshop.lesson.Checker;
import workshop.lesson.Checker.Finding;
import workshop.lesson.Checker.Lessons;
import workshop.stage.Exercises;
import workshop.stage.Exercises.Exercise;
import workshop.stage.Progress;
import workshop.stage.Repository;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;
import workshop.stage.Step;

/** Runs the lesson checks on the learner's code and tells what the server saw. */
@Command(
        name = "check",
        description = "Check your exercises by what PostgreSQL sees of them.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every exercise that was checked passed",
            "1:at least one did not pass",
            "2:nothing could be checked (it does not compile, or there is no database), or wrong arguments"
        },
        footer = {"", "Examples: ./run.sh check · ./run.sh check 1 · ./run.sh check 1.3 · ./run.sh check --watch"})
final class CheckCommand implements Callable<Integer> {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int NOT_CHECKED = 2;

    @Parameters(
            arity = "0..2",
            paramLabel = "[STEP] [EXERCISE]",
            description = "As in 1, 1.3 or 1 3. Default: all of the step you are at.")
    private List<String> words = List.of();

    @Option(names = "--solved", description = "Check the solved twin instead of your code.")
    private boolean solved;

    @Option(names = "--watch", description = "Check again when a source file is saved.")
    private boolean watch;

    @Option(names = "--json", description = "Print one JSON object per run, for programs that grade.")
    private boolean json;

    @Option(names = "--seed", paramLabel = "S", description = "Repeat a run with the same random data.")
    private Long seed;

    private final Ansi ansi = Ansi.AUTO;
    private Path classes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var step = StepArgument.current();
        var exercises = Exercises.of(step).exercises();
        for (var word : words) {
            if (word.matches("\\d+\\.\\d+")) {
                step = Repository.step(word.substring(0, word.indexOf('.')));
                exercises = List.of(Exercises.find(word));
            } else if (word.equals(words.getFirst())) {
                step = Repository.step(word);
                exercises = Exercises.of(step).exercises();
            } else {
                exercises = List.of(Exercises.find(step.number() + "." + word));
            }
        }
        classes = Files.createTempDirectory("marketsvc-classes-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileUtils.deleteQuietly(classes.toFile())));
        var source = solved ? step.solved() : step.exercise();
        var saves = new SourceWatch(source.module().resolve("src/main"));
        while (true) {
            var exitCode = check(step, source, exercises);
            if (!watch) {
                return exitCode;
            }
            say("@|faint waiting for a save (Ctrl-C ends)|@");
            saves.awaitChange();
            say("@|faint ── " + LocalTime.now().format(CLOCK) + " ──|@");
        }
    }

    private int check(Step step, Stage source, List<Exercise> exercises) {
        var start = System.nanoTime();
        var database = CompletableFuture.supplyAsync(MarketDb::shared);
        var stage = source.compiledTo(classes.resolve(Long.toString(start)));
        var compiled = StageCompiler.compile(stage);
        if (!compiled.succeeded()) {
            return doesNotCompile(source, compiled.messages());
        }
        var chosen = seed == null ? start % 1_000_000 : seed;
        try (var lessons = Lessons.of(step);
                var checker = Checker.on(stage, lessons, database.join())) {
            var findings = checker.run(exercises, chosen);
            remember(findings);
            if (json) {
                System.out.println(asJson(step, chosen, findings));
            } else {
                print(source, chosen, findings, (System.nanoTime() - start) / 1e9);
            }
            return exitCode(findings);
        }
    }

    private int doesNotCompile(Stage source, String messages) {
        if (json) {
            System.out.println(JsonMapper.shared()
                    .writeValueAsString(Map.of("stage", source.name(), "compiles", false, "messages", messages)));
        } else {
            System.out.print(messages);
            say("@|red,bold " + source.name() + " does not compile:|@ nothing was checked.");
        }
        return NOT_CHECKED;
    }

    private static int exitCode(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.status() == Finding.Status.NOT_CHECKED)) {
            return NOT_CHECKED;
        }
        return findings.stream().allMatch(Finding::passed) ? 0 : 1;
    }

    private void remember(List<Finding> findings) {
        if (solved) {
            return;
        }
        var progress = Progress.load();
        for (var finding : findings) {
            switch (finding.status()) {
                case PASSED -> progress.done().add(finding.exercise().number());
                case FAILED -> progress.done().remove(finding.exercise().number());
                case NOT_CHECKED -> {}
            }
        }
        progress.save();
    }

    private void print(Stage source, long chosen, List<Finding> findings, double seconds) {
        say("@|bold " + source.name() + "|@");
        for (var finding : findings) {
            var exercise = finding.exercise();
            var mark = switch (finding.status()) {
                case PASSED -> "@|green ✓|@";
                case FAILED -> "@|red ✗|@";
                case NOT_CHECKED -> "@|yellow ?|@";
            };
            say("  " + mark + " @|bold " + exercise.number() + "|@  " + exercise.title());
            if (!finding.passed()) {
                finding.message().lines().forEach(line -> System.out.println("         " + line));
            }
        }
        var passed = findings.stream().filter(Finding::passed).count();
        System.out.printf("%d of %d passed in %.1f s (seed %d)%n", passed, findings.size(), seconds, chosen);
        findings.stream()
                .filter(finding -> finding.status() == Finding.Status.FAILED)
                .findFirst()
                .ifPresent(finding -> System.out.println(
                        "Stuck? ./run.sh hint " + finding.exercise().number()));
    }

    private static String asJson(Step step, long chosen, List<Finding> findings) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "step",
                        step.number(),
                        "compiles",
                        true,
                        "seed",
                        chosen,
                        "exercises",
                        findings.stream()
                                .map(finding -> Map.of(
                                        "number", finding.exercise().number(),
                                        "title", finding.exercise().title(),
                                        "status", finding.status(),
                                        "message", finding.message()))
                                .toList()));
    }

    private void say(String text) {
        if (!json) {
            System.out.println(ansi.string(text));
        }
    }
}
