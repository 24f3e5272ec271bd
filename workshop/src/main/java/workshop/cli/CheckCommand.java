package workshop.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import workshop.contract.Seed;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
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
        description = {
            "Check your exercises by what PostgreSQL sees of them.",
            "When all of a step pass, it asks the quick tests of the contract, too."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every exercise that was checked passed, and the contract if it was asked",
            "1:at least one did not pass",
            "2:nothing failed, but something could not be checked (it does not compile, there is no database, the workshop itself failed), or wrong arguments"
        },
        footer = {"", "Examples: ./run.sh check · ./run.sh check 1 · ./run.sh check 1.3 · ./run.sh check --watch"})
final class CheckCommand implements Callable<Integer> {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int NOT_CHECKED = 2;
    private static final Pattern SERVER_ERROR = Pattern.compile("\\b500\\b");
    private static final String INDENT = " ".repeat(9);
    private static final String ERASE_LINE = Ansi.AUTO.enabled() ? "\033[K" : "";

    @Parameters(
            arity = "0..*",
            hideParamSyntax = true,
            paramLabel = "[STEP] [EXERCISE…] [solved]",
            description = "As in 1, 1.3, 1.3 1.4, 1 3 or 1 solved. Default: all of the step you are at.")
    private List<String> words = List.of();

    @Option(names = "--watch", description = "Check again when a source file is saved.")
    private boolean watch;

    @Option(names = "--json", description = "Print one JSON object per run, for programs that grade.")
    private boolean json;

    @Option(names = "--seed", paramLabel = "S", description = "Repeat a run with the same random data.")
    private Long seed;

    private final Ansi ansi = Ansi.AUTO;
    private final List<Exercise> exercises = new ArrayList<>();
    private boolean solved;
    private Step step;
    private Stage source;
    private Path classes;
    private boolean wholeStep;
    private Boolean compiles; // null until javac has said it

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            choose();
            classes = StageCompiler.temporaryFolder();
        } catch (RuntimeException e) {
            return notChecked(e);
        }
        var saves = new SourceWatch(source.sources());
        while (true) {
            var exitCode = check();
            if (!watch || Main.isStopping()) {
                return exitCode;
            }
            say("@|faint waiting for a save (Ctrl-C ends)|@");
            saves.awaitChange();
            say("@|faint ── " + LocalTime.now().format(CLOCK) + " ──|@");
        }
    }

    private void choose() {
        step = StepArgument.current();
        var named = words.stream().filter(word -> !word.equals("solved")).toList();
        solved = named.size() < words.size();
        for (var i = 0; i < named.size(); i++) {
            var word = named.get(i);
            if (word.matches("\\d+\\.\\d+")) {
                exercises.add(Exercises.find(word));
                step = exercises.getLast().step();
            } else if (i == 0) {
                step = Repository.step(word);
            } else {
                exercises.add(Exercises.find(step.number() + "." + word));
            }
        }
        wholeStep = exercises.isEmpty();
        if (wholeStep) {
            exercises.addAll(Exercises.of(step).exercises());
        }
        if (exercises.stream().anyMatch(exercise -> !exercise.number().startsWith(step.number() + "."))) {
            throw new WorkshopException("The exercises of one check have to be of one step.");
        }
        source = solved ? step.solved() : step.exercise();
    }

    private int check() {
        var database = CompletableFuture.supplyAsync(MarketDb::shared);
        List<Finding> findings;
        try {
            findings = tell(database);
        } catch (RuntimeException e) {
            return notChecked(e);
        } finally {
            // In any case: a database that is still starting cannot be stopped.
            database.exceptionally(failure -> null).join();
        }
        if (Main.isStopping()) {
            System.out.print(json ? "" : ERASE_LINE);
            return Main.INTERRUPTED; // what fails now says nothing about the code
        }
        remember(findings);
        return exitCode(findings);
    }

    /** @return what was found, when it has been told */
    private List<Finding> tell(CompletableFuture<MarketDb> database) {
        var start = System.nanoTime();
        compiles = null;
        var stage = source.compiledTo(classes.resolve(Long.toString(start)));
        var compiled = StageCompiler.compile(stage);
        compiles = compiled.succeeded();
        if (!compiles) {
            throw new WorkshopException(
                    compiled.messages() + source.name() + " does not compile: nothing was checked.");
        }
        var chosen = seed == null ? Seed.any().value() : seed;
        try (var lessons = Lessons.of(step);
                var checker = Checker.on(stage, lessons, database.join())) {
            sayWhatIsChecked((exercises.size() == 1 ? exercises.getFirst().number() : exercises.size() + " exercises")
                    + " of " + source.name());
            var findings = new ArrayList<>(checker.run(exercises, chosen));
            if (wholeStep && findings.stream().allMatch(Finding::passed)) {
                sayWhatIsChecked("what else " + source.name() + " answers");
                findings.add(checker.contract(chosen));
            }
            if (!Main.isStopping()) {
                print(chosen, findings, (System.nanoTime() - start) / 1e9);
            }
            return findings;
        }
    }

    /** A person, who may have to wait for a minute, hears at once that something goes on; the answer takes the line's place. */
    private void sayWhatIsChecked(String what) {
        if (ansi.enabled() && !json) {
            System.out.print(ERASE_LINE + ansi.string("@|faint checking %s, up to a minute …|@\r".formatted(what)));
        }
    }

    private int notChecked(RuntimeException failure) {
        if (Main.isStopping()) {
            return Main.INTERRUPTED;
        }
        var message = Main.obstacle(failure).orElseGet(() -> Main.crash(failure));
        if (json) {
            printJson(message, 0, List.of());
        } else {
            System.out.println(message);
        }
        return NOT_CHECKED;
    }

    private static int exitCode(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.status() == Finding.Status.FAILED)) {
            return 1;
        }
        return findings.stream().allMatch(Finding::passed) ? 0 : NOT_CHECKED;
    }

    private void remember(List<Finding> findings) {
        if (solved) {
            return;
        }
        var progress = Progress.load();
        for (var finding : findings) {
            if (finding.isOfTheContract()) {
                continue; // no exercise
            }
            switch (finding.status()) {
                case PASSED -> progress.done().add(finding.number());
                case FAILED -> progress.done().remove(finding.number());
                case NOT_CHECKED -> {}
            }
        }
        progress.save();
    }

    private void print(long chosen, List<Finding> findings, double seconds) {
        if (json) {
            printJson("", chosen, findings);
            return;
        }
        say(ERASE_LINE + "@|bold " + source.name() + "|@");
        for (var finding : findings) {
            var mark = switch (finding.status()) {
                case PASSED -> "@|green ✓|@";
                case FAILED -> "@|red ✗|@";
                case NOT_CHECKED -> "@|yellow ?|@";
            };
            say("  " + mark + " @|bold " + finding.number() + "|@  " + finding.title());
            if (!finding.passed()) {
                System.out.println(INDENT + Prose.wrapped(finding.message(), INDENT));
                if (SERVER_ERROR.matcher(finding.message()).find()
                        && !finding.failure().isEmpty()) {
                    System.out.println(INDENT + "The service's own log says:");
                    finding.failure().lines().forEach(line -> System.out.println(INDENT + "  " + line));
                }
            }
        }
        var passed = findings.stream().filter(Finding::passed).count();
        System.out.printf("%d of %d passed in %.1f s (seed %d)%n", passed, findings.size(), seconds, chosen);
        if (wholeStep && !solved && passed == findings.size()) {
            var next = step.number() + 1;
            System.out.println("Next: ./run.sh compare · ./run.sh quiz"
                    + (next > Repository.steps().size() ? "" : " · ./run.sh step " + next));
        }
        if (exercises.size() == 1 && !solved && passed == 1) {
            Exercises.of(step).exercises().stream()
                    .dropWhile(exercise -> !exercise.equals(exercises.getFirst()))
                    .skip(1)
                    .findFirst()
                    .ifPresent(next -> System.out.println("Next: %s  %s".formatted(next.number(), next.title())));
        }
        if (exercises.size() == 1 && !solved) {
            // What it says of an exercise means little before those are done that it builds on.
            var progress = Progress.load();
            exercises.getFirst().needs().stream()
                    .filter(needed -> !progress.isAnswered(Exercises.find(needed)))
                    .forEach(needed -> System.out.println(
                            exercises.getFirst().number() + " builds on " + needed + ", which has not passed yet."));
        }
        findings.stream()
                .filter(finding -> finding.status() == Finding.Status.FAILED)
                .findFirst()
                .ifPresent(finding -> System.out.println(
                        finding.isOfTheContract()
                                ? "What it has to answer is in workshop/src/main/resources/workshop/openapi.yaml."
                                : "Stuck? ./run.sh hint " + finding.number()));
    }

    private void printJson(String message, long chosen, List<Finding> findings) {
        var report = new LinkedHashMap<String, Object>();
        report.put("stage", source == null ? "" : source.name());
        report.put("compiles", compiles);
        report.put("message", message);
        report.put("seed", chosen);
        report.put(
                "exercises",
                findings.stream()
                        .filter(finding -> !finding.isOfTheContract())
                        .map(CheckCommand::asMap)
                        .toList());
        report.put(
                Checker.CONTRACT,
                findings.stream()
                        .filter(Finding::isOfTheContract)
                        .map(CheckCommand::asMap)
                        .findFirst()
                        .orElse(null)); // not asked
        System.out.println(JsonMapper.shared().writeValueAsString(report));
    }

    private static Map<String, Object> asMap(Finding finding) {
        var report = new LinkedHashMap<String, Object>();
        report.put("number", finding.number());
        report.put("title", finding.title());
        report.put("status", finding.status());
        report.put("message", finding.message());
        report.put("failure", finding.failure());
        return report;
    }

    private void say(String text) {
        if (!json) {
            System.out.println(ansi.string(text));
        }
    }
}
