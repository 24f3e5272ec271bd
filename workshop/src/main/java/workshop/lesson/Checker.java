package workshop.lesson;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
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

/** Runs a step's lesson checks on one compiled stage, which stays up between runs. */
public final class Checker implements AutoCloseable {
    private static final String LESSON = "marketsvc.LessonTest";

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
     * @param message what was seen and what was expected, or why nothing could be seen; empty when it passed
     * @param failure what the service itself logged of one meanwhile, empty when it did not
     */
    public record Finding(Exercise exercise, Status status, String message, String failure) {
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
    }

    /** A step's compiled LessonTest: its solved twin's copy, which is the same as the learner's but for edits. */
    public static final class Lessons implements AutoCloseable {
        private final Path classes;
        private final URLClassLoader loader;

        private Lessons(Path classes, URLClassLoader loader) {
            this.classes = classes;
            this.loader = loader;
        }

        public static Lessons of(Step step) {
            try {
                var classes = Files.createTempDirectory("marketsvc-lesson-");
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
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(exercises.stream()
                        .map(exercise ->
                                selectNestedClass(lessons.loader, List.of(LESSON), LESSON + "$" + exercise.testClass()))
                        .toList())
                .configurationParameter(StageExtension.MODULE, stage.module().toString())
                .configurationParameter(StageExtension.CLASSES, stage.classes().toString())
                .configurationParameter(StageExtension.SEED, Long.toString(seed))
                .configurationParameter(
                        "junit.jupiter.testclass.order.default", "org.junit.jupiter.api.ClassOrderer$Random")
                .configurationParameter("junit.jupiter.execution.order.random.seed", Long.toString(seed))
                .build();
        var results = new Results();
        session.getLauncher().execute(request, results);
        var findings = exercises.stream().map(results::finding).toList();
        return findings.stream().anyMatch(finding -> finding.status() == Finding.Status.FAILED)
                ? unlessThereIsNoRoom(findings)
                : findings;
    }

    /** A full disk makes services fail that are right: then the failures prove nothing. */
    private List<Finding> unlessThereIsNoRoom(List<Finding> findings) {
        try {
            db.requireRoom();
            return findings;
        } catch (WorkshopException obstacle) {
            return findings.stream()
                    .map(finding -> finding.passed()
                            ? finding
                            : new Finding(finding.exercise(), Finding.Status.NOT_CHECKED, obstacle.getMessage(), ""))
                    .toList();
        }
    }

    /** Collects the first failure of each nested class. */
    private static final class Results implements TestExecutionListener {
        private final Map<String, Throwable> failures = new LinkedHashMap<>();
        private final Map<String, String> logged = new LinkedHashMap<>();
        private final List<String> finished = new ArrayList<>();

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            var failure = entry.getKeyValuePairs().get(StageExtension.FAILURE);
            if (failure != null) {
                logged.put(testClass(test), failure);
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            var name = testClass(test);
            if (test.isTest()) {
                finished.add(name);
            }
            result.getThrowable().ifPresent(failure -> failures.putIfAbsent(name, failure));
        }

        private static String testClass(TestIdentifier test) {
            var source = test.getSource().orElse(null);
            var name = source instanceof MethodSource method
                    ? method.getClassName()
                    : source instanceof ClassSource type ? type.getClassName() : "";
            return name.substring(name.indexOf('$') + 1);
        }

        private Finding finding(Exercise exercise) {
            var failure = failures.getOrDefault(exercise.testClass(), failures.get(""));
            if (failure == null) {
                return finished.contains(exercise.testClass())
                        ? new Finding(exercise, Finding.Status.PASSED, "", "")
                        : new Finding(exercise, Finding.Status.NOT_CHECKED, "It has no check.", "");
            }
            var obstacle = WorkshopException.in(failure);
            if (obstacle.isPresent()) {
                return new Finding(
                        exercise, Finding.Status.NOT_CHECKED, obstacle.get().getMessage(), "");
            }
            var message = failure instanceof AssertionError ? failure.getMessage() : failure.toString();
            return new Finding(
                    exercise,
                    Finding.Status.FAILED,
                    String.valueOf(message).strip(),
                    logged.getOrDefault(exercise.testClass(), ""));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
