package workshop.lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.lesson.Checker.Finding;
import workshop.lesson.Checker.Lessons;
import workshop.stage.Exercises;
import workshop.stage.Exercises.Exercise;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;
import workshop.stage.Step;
import workshop.stage.TwinAnswer;

/**
 * The author's gate of one step: its checks are neither fooled nor unfair.
 *
 * <p>The starter fails each check, {@code solved} and every alternative pass all, each impostor is rejected by the check that
 * its folder is named after, or by the contract, one answer alone ticks one exercise, and all say the same however often and in
 * whatever order they are asked. What learners are told is compared with golden transcripts.
 */
public final class Gate {
    /** The folders of candidates that were put together here, which are deleted after; the twins' own are not. */
    private static final String CANDIDATE = "marketsvc-candidate-";

    private static final int JUDGES = Math.min(Runtime.getRuntime().availableProcessors() + 2, 4);

    /** One for each judge, for all steps; they end with this JVM. */
    private static final Queue<MarketDb> DATABASES = new ConcurrentLinkedQueue<>();

    private final Step step;
    private final List<Exercise> exercises;
    private final String only;
    private final int runs;
    private final boolean update;
    private final Consumer<Verdict> out;
    private final long seed;
    private final Lessons lessons;

    /**
     * @param only judges the candidates that have this in their name; all have the empty text
     * @param runs how often starter and solved are asked, all checks in a new order each time; the others half as often; with 1
     *     an impostor is not asked for the promises of the contract that it is known to keep, alternatives and single answers are
     *     not asked about exercises that have nothing to do with them, and unless {@code only} is given, {@code solved} is left to
     *     {@code ./run.sh test}
     * @param update write the golden transcripts that are missing
     * @param out is told each verdict as it falls
     */
    public Gate(Step step, String only, int runs, boolean update, long seed, Consumer<Verdict> out) {
        this.step = step;
        this.exercises = Exercises.of(step).exercises();
        this.only = only;
        this.runs = runs;
        this.update = update;
        this.out = out;
        this.seed = seed;
        this.lessons = Lessons.of(step);
    }

    /**
     * Whether one candidate was judged as it has to be.
     *
     * @param candidate such as {@code step 1: impostor 1.3-delete-after-failure}
     * @param problem empty when all is well
     * @param doubt what was wrong at a first attempt, when a second one said otherwise
     */
    public record Verdict(String candidate, String problem, String doubt) {
        private static Verdict of(String candidate, String problem) {
            return new Verdict(candidate, problem, "");
        }

        public boolean good() {
            return problem.isEmpty();
        }
    }

    /** @param told what its check is known to say, which several may share; else its name */
    private record Candidate(String name, List<String> told, Runnable judgement) {
        /** @return of an impostor, the exercise, and the first line of what its check says, but for the numbers in it */
        Candidate told(Path impostor) {
            try (var lines = Files.lines(impostor.resolve("expected.txt"))) {
                var numberAndMessage = lines.limit(2).toList();
                var words = Golden.words(numberAndMessage.getLast()).stream();
                return new Candidate(
                        name,
                        Stream.concat(Stream.of(numberAndMessage.getFirst()), words)
                                .toList(),
                        judgement);
            } catch (NoSuchFileException unknown) {
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Judges the candidates of several steps, a few at a time, each on a database that no other uses. One queue: at the end of
     * a step no judge waits for the last of it.
     *
     * @param atMost where time is short: no candidate is begun later, which come first is chance, by the seed, and those that
     *     are told the same as one before come last
     * @return how many were not judged
     */
    public static int judge(List<Gate> gates, Optional<Duration> atMost) {
        var candidates = gates.stream()
                .flatMap(gate -> gate.candidates().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        if (atMost.isPresent()) {
            Collections.shuffle(candidates, new Random(gates.getFirst().seed));
            var told = new HashSet<List<String>>();
            var isNew = candidates.stream().collect(Collectors.partitioningBy(candidate -> told.add(candidate.told())));
            candidates.clear();
            candidates.addAll(isNew.get(true));
            candidates.addAll(isNew.get(false));
        }
        openDatabases();
        var end = atMost.map(Instant.now()::plus).orElse(Instant.MAX);
        var left = new AtomicInteger();
        try (var judges = Executors.newFixedThreadPool(DATABASES.size())) {
            var judged = candidates.stream()
                    .map(candidate -> judges.submit(() -> {
                        if (Instant.now().isBefore(end)) {
                            candidate.judgement().run();
                        } else {
                            left.incrementAndGet();
                        }
                    }))
                    .toList();
            for (var one : judged) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            gates.forEach(gate -> gate.lessons.close());
        }
        return left.get();
    }

    private List<Candidate> candidates() {
        var candidates = new ArrayList<Candidate>();
        candidates.add(candidate("starter", () -> step.exercise().sources(), this::starterFails));
        if (runs > 1 || !only.isEmpty()) {
            candidates.add(
                    candidate("solved", () -> step.solved().sources(), checker -> allPass(checker, exercises, runs)));
        }
        for (var exercise : exercises) {
            candidates.add(candidate(
                    "starter with " + exercise.number() + " solved",
                    () -> withAnswerTo(exercise),
                    checker -> onlyTicks(checker, exercise)));
        }
        for (var folder : folders("impostors")) {
            candidates.add(candidate(
                            "impostor " + folder.getFileName(),
                            () -> overSolved(folder),
                            checker -> isRejected(checker, folder))
                    .told(folder));
        }
        for (var folder : folders("alternatives")) {
            candidates.add(candidate(
                    "alternative " + folder.getFileName(),
                    () -> overSolved(folder),
                    checker -> (runs > 1
                                    ? allPass(checker, exercises, 1) + failures(List.of(checker.contract(seed)), seed)
                                    : "")
                            + allPass(checker, aim(folder), runsOfOthers())));
        }
        candidates.removeIf(candidate -> !candidate.name().contains(only));
        return candidates;
    }

    private Candidate candidate(String what, Supplier<Path> asWritten, Judgement judgement) {
        var name = "step %d: %s".formatted(step.number(), what);
        return new Candidate(name, List.of(name), () -> judge(name, asWritten, judgement));
    }

    private static void openDatabases() {
        if (DATABASES.isEmpty()) {
            DATABASES.add(MarketDb.shared());
            // Checks also wait: for a lock, a timeout, a service that starts.
            while (MarketDb.shared().isEmbedded() && DATABASES.size() < JUDGES) {
                DATABASES.add(MarketDb.another());
            }
        }
    }

    @FunctionalInterface
    private interface Judgement {
        /** @return the problem, empty when there is none */
        String of(Checker checker) throws IOException;
    }

    private void judge(String name, Supplier<Path> asWritten, Judgement judgement) {
        Path sources = null;
        Path classes = null;
        try {
            sources = asWritten.get();
            classes = Files.createTempDirectory("marketsvc-gate-");
            var stage = step.solved().compiledTo(classes);
            var compiled = StageCompiler.compile(stage, sources);
            if (!compiled.succeeded()) {
                out.accept(Verdict.of(name, "It does not compile:\n" + compiled.messages()));
                return;
            }
            var db = DATABASES.remove();
            try {
                out.accept(judged(name, stage, db, judgement));
            } finally {
                DATABASES.add(db);
            }
        } catch (IOException | RuntimeException | Error e) {
            // The others go on.
            out.accept(Verdict.of(name, "It could not be judged: " + e));
        } finally {
            FileUtils.deleteQuietly(classes == null ? null : classes.toFile());
            if (sources != null && sources.getFileName().toString().startsWith(CANDIDATE)) {
                FileUtils.deleteQuietly(sources.toFile());
            }
        }
    }

    /** Asked only once, in CI, an unsteady check gets a second chance: to find such ones is what asking ten times is for. */
    private Verdict judged(String name, Stage stage, MarketDb db, Judgement judgement) throws IOException {
        var first = judgedOnce(stage, db, judgement);
        if (first.isEmpty() || runs > 1) {
            return Verdict.of(name, first);
        }
        var second = judgedOnce(stage, db, judgement);
        return new Verdict(name, second, second.equals(first) ? "" : first);
    }

    private String judgedOnce(Stage stage, MarketDb db, Judgement judgement) throws IOException {
        try (var checker = Checker.on(stage, lessons, db)) {
            return judgement.of(checker);
        }
    }

    private String starterFails(Checker checker) throws IOException {
        var golden = new Golden(step.folder().resolve("impostors").resolve("starter.txt"), update);
        for (var run = 0; run < runs; run++) {
            var findings = checker.run(exercises, seed + run);
            for (var finding : findings) {
                if (finding.status() != Finding.Status.FAILED) {
                    return "check %s says %s (%s), seed %d"
                            .formatted(finding.number(), finding.status(), finding.message(), seed + run);
                }
            }
            var difference = golden.compare(transcript(findings));
            if (!difference.isEmpty()) {
                return difference + "\nseed " + (seed + run);
            }
        }
        return "";
    }

    private String allPass(Checker checker, List<Exercise> checked, int runs) {
        for (var run = 0; run < runs; run++) {
            var problem = failures(checker.run(checked, seed + run), seed + run);
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        return "";
    }

    private static String failures(List<Finding> findings, long seed) {
        var failed = findings.stream().filter(finding -> !finding.passed()).toList();
        return failed.isEmpty() ? "" : transcript(failed) + "seed " + seed;
    }

    /** Asked only once, the gate leaves out the exercises that have nothing to do with this one. */
    private String onlyTicks(Checker checker, Exercise exercise) {
        var asked = exercises.stream()
                .filter(other ->
                        runs > 1 || other.equals(exercise) || other.needs().contains(exercise.number()))
                .toList();
        var expected = new TreeSet<>(runs > 1 ? exercise.needs() : List.of());
        expected.add(exercise.number());
        var findings = checker.run(asked, seed);
        var ticked = findings.stream()
                .filter(Finding::passed)
                .map(Finding::number)
                .collect(Collectors.toCollection(TreeSet::new));
        if (ticked.equals(expected)) {
            return "";
        }
        var missing = findings.stream()
                .filter(finding -> !finding.passed() && expected.contains(finding.number()))
                .toList();
        return "ticked %s, expected %s, seed %d\n%s".formatted(ticked, expected, seed, transcript(missing));
    }

    private String isRejected(Checker checker, Path folder) throws IOException {
        var file = folder.resolve("expected.txt");
        var golden = new Golden(file, update);
        var told = runs > 1 || Files.notExists(file) ? "" : Files.readString(file);
        for (var run = 0; run < runsOfOthers(); run++) {
            var finding = isOfTheContract(folder)
                    ? checker.contract(seed + run, promise -> told.isEmpty() || told.contains(promise))
                    : checker.run(aim(folder), seed + run).getFirst();
            if (finding.status() != Finding.Status.FAILED) {
                return "check %s says %s (%s), seed %d"
                        .formatted(finding.number(), finding.status(), finding.message(), seed + run);
            }
            var difference = golden.compare(transcript(List.of(finding)));
            if (!difference.isEmpty()) {
                return difference + "\nseed " + (seed + run);
            }
        }
        return "";
    }

    private static boolean isOfTheContract(Path folder) {
        return folder.getFileName().toString().startsWith(Checker.CONTRACT + "-");
    }

    private int runsOfOthers() {
        return Math.max(1, runs / 2);
    }

    /** @return the exercise that a candidate's folder is named after */
    private List<Exercise> aim(Path folder) {
        return List.of(Exercises.find(folder.getFileName().toString().split("-")[0]));
    }

    private static String transcript(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.number() + "\n" + finding.message() + "\n")
                .collect(Collectors.joining("\n"));
    }

    private Path withAnswerTo(Exercise exercise) {
        return copy(step.exercise(), sources -> {
            for (var needed : exercises.stream()
                    .filter(other -> exercise.needs().contains(other.number()))
                    .toList()) {
                write(sources, new TwinAnswer(step, needed));
            }
            write(sources, new TwinAnswer(step, exercise));
        });
    }

    private Path overSolved(Path folder) {
        return copy(step.solved(), sources -> TwinAnswer.overlay(sources, folder));
    }

    private static void write(Path sources, TwinAnswer answer) {
        try {
            answer.writeTo(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(Stage from, Consumer<Path> change) {
        try {
            var sources = Files.createTempDirectory(CANDIDATE);
            FileUtils.copyDirectory(from.sources().toFile(), sources.toFile());
            change.accept(sources);
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> folders(String kind) {
        try (var found = Files.list(step.folder().resolve(kind))) {
            return found.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new WorkshopException(step.name() + " has no folder " + kind + ".", e);
        }
    }
}
