package workshop.lesson;

import static java.util.stream.Collectors.joining;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.stage.Exercises.Exercise;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;
import workshop.stage.StageExtension;
import workshop.stage.StageExtension.Lent;
import workshop.stage.Step;

/** Runs a step's lesson checks, and the contract, on one compiled stage, which stays up between runs. */
public final class Checker implements AutoCloseable {
    /** The number that {@link #contract} gives to what it finds. */
    public static final String CONTRACT = "contract";

    private static final String LESSON_TEST = "marketsvc.LessonTest";
    private static final String CONTRACT_TEST = "marketsvc.ContractTest";

    /** JUnit's tag of those tests of the contract that kill, fill or wait for seconds. */
    private static final String SLOW = "slow";

    /** How many more promises than one are named that were broken. */
    private static final int OTHERS = 3;

    private static final int LINES_OF_A_MESSAGE = 8;

    private final Stage stage;
    private final Lessons lessons;
    private final MarketDb db;
    private final LauncherSession session = LauncherFactory.openSession();

    private Checker(Stage stage, Lessons lessons, MarketDb db) {
        this.stage = stage;
        this.lessons = lessons;
        this.db = db;
        session.getStore().put(Namespace.create(StageExtension.NAMESPACE.getParts()), Lent.class, new Lent(db));
    }

    /**
     * What a check found.
     *
     * @param number the exercise's, such as {@code 1.3}, or {@code contract}
     * @param message what was seen and what was expected, or why nothing could be seen; empty when it passed
     * @param failure what the service itself logged of one meanwhile, empty when it did not
     */
    public record Finding(String number, String title, Status status, String message, String failure) {
        /** How a check ends. */
        public enum Status {
            PASSED,
            FAILED,
            /** The check could not look: no database, a full disk, a service that does not start. */
            NOT_CHECKED
        }

        public boolean passed() {
            return status == Status.PASSED;
        }

        /** @return whether it is {@link Checker#contract}'s, and of no exercise */
        public boolean isOfTheContract() {
            return number.equals(CONTRACT);
        }
    }

    /** A step's compiled tests: its solved twin's, LessonTest is the same as the learner's but for edits. */
    public static final class Lessons implements AutoCloseable {
        private final Path classes;
        private final URLClassLoader loader;

        private Lessons(Path classes, URLClassLoader loader) {
            this.classes = classes;
            this.loader = loader;
        }

        public static Lessons of(Step step) {
            try {
                var classes = StageCompiler.temporaryFolder();
                var libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList();
                var sources = step.solved().module().resolve("src/test/java");
                var compiled = StageCompiler.compile(sources, classes, libraries, List.of());
                if (!compiled.succeeded()) {
                    throw new WorkshopException(
                            "The checks of " + step.name() + " do not compile:\n" + compiled.messages());
                }
                return new Lessons(
                        classes, new URLClassLoader(new URL[] {classes.toUri().toURL()}));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try (loader) {
                FileUtils.deleteQuietly(classes.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * @param stage compiled
     * @param db which the checks use up: they reset it as often as they like
     */
    public static Checker on(Stage stage, Lessons lessons, MarketDb db) {
        return new Checker(stage, lessons, db);
    }

    /** @param seed of the random data and of the order in which the checks run; @return in the order of {@code exercises} */
    public List<Finding> run(List<Exercise> exercises, long seed) {
        var results = execute(
                exercises.stream()
                        .map(exercise -> selectNestedClass(
                                lessons.loader, List.of(LESSON_TEST), LESSON_TEST + "$" + exercise.testClass()))
                        .toList(),
                seed);
        return unlessThereIsNoRoom(exercises.stream()
                .map(exercise -> results.finding(exercise.testClass(), exercise.number(), exercise.title()))
                .toList());
    }

    /** Asks what no exercise may change: the quick tests of the contract; the others are left to {@code ./run.sh test}. */
    public Finding contract(long seed) {
        return contract(seed, promise -> true);
    }

    /** As {@link #contract(long)}, but asks only for some of its promises, such as {@code a bug is logged once}. */
    Finding contract(long seed, Predicate<String> promises) {
        PostDiscoveryFilter asked = test -> FilterResult.includedIf(
                !(test.getSource().orElse(null) instanceof MethodSource method) || promises.test(promise(method)));
        var results = execute(List.of(selectClass(lessons.loader, CONTRACT_TEST)), seed, asked);
        return unlessThereIsNoRoom(
                        List.of(results.finding(CONTRACT_TEST, CONTRACT, "All else is answered as the contract says")))
                .getFirst();
    }

    /** Of a test of the contract the name says what is promised. */
    private static String promise(MethodSource test) {
        return test.getMethodName().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private Results execute(List<? extends DiscoverySelector> tests, long seed, PostDiscoveryFilter... filters) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .filters(TagFilter.excludeTags(SLOW))
                .filters(filters)
                .configurationParameter(StageExtension.MODULE, stage.module().toString())
                .configurationParameter(StageExtension.CLASSES, stage.classes().toString())
                .configurationParameter(StageExtension.SEED, Long.toString(seed))
                .configurationParameter(
                        "junit.jupiter.testclass.order.default", "org.junit.jupiter.api.ClassOrderer$Random")
                .configurationParameter("junit.jupiter.execution.order.random.seed", Long.toString(seed))
                .build();
        var results = new Results();
        session.getLauncher().execute(request, results);
        return results;
    }

    /** A full disk makes services fail that are right: then the failures prove nothing. */
    private List<Finding> unlessThereIsNoRoom(List<Finding> findings) {
        if (findings.stream().noneMatch(finding -> finding.status() == Finding.Status.FAILED)) {
            return findings;
        }
        try {
            db.requireRoom();
            return findings;
        } catch (WorkshopException obstacle) {
            return findings.stream()
                    .map(finding -> finding.passed()
                            ? finding
                            : new Finding(
                                    finding.number(),
                                    finding.title(),
                                    Finding.Status.NOT_CHECKED,
                                    obstacle.getMessage(),
                                    ""))
                    .toList();
        }
    }

    /** Collects the failures of each class. */
    private static final class Results implements TestExecutionListener {
        private record Failure(TestIdentifier test, Throwable cause) {}

        private final Map<String, List<Failure>> failures = new HashMap<>();
        private final Map<TestIdentifier, String> logged = new HashMap<>();
        private final Map<String, Integer> finished = new HashMap<>();

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            var failure = entry.getKeyValuePairs().get(StageExtension.FAILURE);
            if (failure != null) {
                logged.put(test, failure);
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            var name = testClass(test);
            if (test.isTest() && result.getStatus() != TestExecutionResult.Status.ABORTED) {
                finished.merge(name, 1, Integer::sum);
            }
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failures.computeIfAbsent(name, none -> new ArrayList<>())
                        .add(new Failure(test, result.getThrowable().orElseThrow()));
            }
        }

        private static String testClass(TestIdentifier test) {
            var source = test.getSource().orElse(null);
            var name = source instanceof MethodSource method
                    ? method.getClassName()
                    : source instanceof ClassSource type ? type.getClassName() : "";
            return name.substring(name.indexOf('$') + 1);
        }

        private Finding finding(String testClass, String number, String title) {
            var failed = failures.getOrDefault(testClass, failures.getOrDefault("", List.of()));
            if (failed.isEmpty()) {
                return finished.containsKey(testClass)
                        ? new Finding(number, title, Finding.Status.PASSED, "", "")
                        : new Finding(number, title, Finding.Status.NOT_CHECKED, "It has no check.", "");
            }
            var failure = failed.getFirst();
            var obstacle = WorkshopException.in(failure.cause());
            if (obstacle.isPresent()) {
                return new Finding(
                        number,
                        title,
                        Finding.Status.NOT_CHECKED,
                        obstacle.get().getMessage(),
                        "");
            }
            var message = failure.cause() instanceof AssertionError
                    ? String.valueOf(failure.cause().getMessage()).strip()
                    : failure.cause().toString();
            return new Finding(
                    number,
                    title,
                    Finding.Status.FAILED,
                    number.equals(CONTRACT)
                            ? "Of the contract's %d promises %d not kept: %s"
                                    .formatted(
                                            finished.getOrDefault(testClass, 0),
                                            failed.size(),
                                            inWords(failed, message))
                            : message,
                    logged.getOrDefault(failure.test(), ""));
        }

        /** What is promised says more than a test's message, which is little but a status. */
        private static String inWords(List<Failure> failed, String message) {
            var names = failed.stream().map(Results::promise).distinct().toList();
            var others = names.stream().skip(1).limit(OTHERS).collect(joining("; "));
            var asked = Stream.of(failed.getFirst().cause().getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("workshop.contract."))
                    .reduce((inner, outer) -> outer)
                    .map(frame -> "%nAsked in workshop/src/main/java/workshop/contract/%s, line %d."
                            .formatted(frame.getFileName(), frame.getLineNumber()))
                    .orElse("");
            return "%s.%n".formatted(names.getFirst())
                    + message.lines().limit(LINES_OF_A_MESSAGE).collect(joining(System.lineSeparator()))
                    + asked
                    + (others.isEmpty()
                            ? ""
                            : "%nAnd: %s%s.".formatted(others, names.size() > 1 + OTHERS ? "; …" : ""));
        }

        private static String promise(Failure failure) {
            return failure.test().getSource().orElse(null) instanceof MethodSource method
                    ? Checker.promise(method)
                    : failure.test().getDisplayName();
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
