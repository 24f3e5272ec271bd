package workshop.stage;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;
import workshop.contract.Market;
import workshop.contract.Seed;
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.faults.Courier;
import workshop.faults.Faults;
import workshop.faults.Relay;
import workshop.lesson.Lesson;
import workshop.stage.StageProcess.Settings;
import workshop.witness.Witness;

/**
 * Starts a stage once per test run, puts the sample data back before each test, and hands out a {@link Market}, its
 * {@link Faults} and {@link Witness}, or all of them as a {@link Lesson}.
 *
 * <p>The stage is the module in the working directory, as Maven has it, unless the configuration parameters
 * {@value #MODULE} and {@value #CLASSES} name another.
 */
public final class StageExtension implements BeforeEachCallback, ParameterResolver, InvocationInterceptor {
    /** Configuration parameter: the folder of the stage's module. */
    public static final String MODULE = "workshop.module";
    /** Configuration parameter: the folder of its compiled classes. */
    public static final String CLASSES = "workshop.classes";
    /** Configuration parameter, or system property: the seed of whatever is random. */
    public static final String SEED = "workshop.seed";

    /** Report entry: what the stage itself logged of a failure in a check that failed. */
    public static final String FAILURE = "workshop.failure";

    /** Where the session store may keep a {@link Lent}, under its class. */
    public static final Namespace NAMESPACE = Namespace.create(StageExtension.class);

    /** In it some local times do not exist: a stage that converts a timestamp without a zone loses an hour. */
    private static final String A_ZONE_WITH_SUMMER_TIME = "Europe/Berlin";

    /** A database to use instead of the shared one; the session's store, which closes what it can, leaves it open. */
    public record Lent(MarketDb db) {}

    /** A stage that runs behind a relay and is watched; all tests' settings are {@code common} and {@link StartedWith}'s. */
    private record Scene(StageProcess process, Settings common, Faults faults, Witness witness)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            process.retire();
            witness.close();
            faults.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var scene = scene(context);
        scene.faults().off();
        scene.process().forgetOutput();
        var settings = settings(context.getRequiredTestClass(), scene.common());
        var asItWas = scene.process().isAlive() && scene.process().settings().equals(settings);
        if (!asItWas) {
            scene.process().close();
        }
        db(context).reset();
        if (!asItWas) {
            // After the reset: what a migration left behind cannot stop it.
            scene.process().restart(settings);
        }
    }

    /** @return {@code common}, and what the classes around the test's and then its own add, which counts when both name it */
    static Settings settings(Class<?> test, Settings common) {
        if (test == null) {
            return common;
        }
        var settings = settings(test.getEnclosingClass(), common);
        var more = test.getAnnotation(StartedWith.class);
        for (var one : more == null ? new String[0] : more.value()) {
            var nameAndValue = one.split("=", 2);
            settings = one.startsWith("-") ? settings.and(one) : settings.and(nameAndValue[0], nameAndValue[1]);
        }
        return settings;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Market.class || type == Lesson.class || type == Faults.class || type == Witness.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var scene = scene(context);
        var type = parameter.getParameter().getType();
        if (type == Faults.class) {
            return scene.faults();
        }
        if (type == Witness.class) {
            return scene.witness();
        }
        var seed = seed(context);
        var market = new Market(scene.process(), db(context), seed);
        return type == Market.class ? market : new Lesson(market, scene.faults(), scene.witness(), seed.random());
    }

    /** The one that was asked for, else one for all tests of this JVM, which is reported once. */
    private static Seed seed(ExtensionContext context) {
        return context.getConfigurationParameter(SEED)
                .map(asked -> new Seed(Long.parseLong(asked)))
                .orElseGet(() -> context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                        .computeIfAbsent(
                                SEED,
                                missing -> {
                                    var any = Seed.any();
                                    context.publishReportEntry(SEED, Long.toString(any.value()));
                                    return any;
                                },
                                Seed.class));
    }

    private static Scene scene(ExtensionContext context) {
        var module =
                Path.of(context.getConfigurationParameter(MODULE).orElse("")).toAbsolutePath();
        var maven = Stage.module(module);
        var stage = context.getConfigurationParameter(CLASSES)
                .map(folder -> maven.compiledTo(Path.of(folder)))
                .orElse(maven);
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(stage, missing -> start(missing, context), Scene.class);
    }

    /** The one that a {@link workshop.lesson.Checker} brings along, else one for all tests of this JVM. */
    private static MarketDb db(ExtensionContext context) {
        var lent = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE).get(Lent.class, Lent.class);
        return lent == null ? MarketDb.shared() : lent.db();
    }

    private static Scene start(Stage stage, ExtensionContext context) {
        var db = db(context);
        // What another stage's migrations left behind is none of this one's.
        db.reset();
        // Not the name of a run, which may use the same database.
        var name = stage.name() + "/" + ProcessHandle.current().pid();
        var opened = new ArrayDeque<AutoCloseable>();
        try {
            var witness = Witness.of(db, name);
            opened.push(witness);
            var faults = new Faults(db, Relay.to(db.address()), Courier.open(), name);
            opened.push(faults);
            var common = Settings.NONE
                    .and("COURIER_URL", faults.courier().url())
                    // The stage calls nobody by HTTPS; to read all certificates takes a twentieth of its start.
                    .and("-Djavax.net.ssl.trustStore=NONE")
                    // Leaked connections shall be seen, not cleaned up by a garbage collection that happens to run.
                    .and("-XX:+DisableExplicitGC", "-Xmn192m", "-Duser.timezone=" + A_ZONE_WITH_SUMMER_TIME);
            var process = StageProcess.of(stage, db.urlThrough(faults.relay().port(), name))
                    .settings(settings(context.getRequiredTestClass(), common))
                    .withoutSettingsOfTheShell()
                    .start();
            return new Scene(process, common, faults, witness);
        } catch (IOException e) {
            close(opened, e);
            throw new WorkshopException("No port for the relay or the courier: " + e.getMessage(), e);
        } catch (RuntimeException notStarted) {
            close(opened, notStarted);
            throw notStarted;
        }
    }

    /** Whatever goes wrong meanwhile: {@code reason} is what is told. */
    private static void close(Iterable<AutoCloseable> opened, Exception reason) {
        for (var one : opened) {
            try {
                one.close();
            } catch (Exception e) {
                reason.addSuppressed(e);
            }
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        openUntilSolved(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        openUntilSolved(invocation, context);
    }

    /**
     * A contract test that an open exercise is known to break is open, not failed; of a starter that nobody has touched it is not
     * asked, because what it waits for would not come.
     */
    private static void openUntilSolved(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        var test = context.getRequiredTestMethod().getName();
        var open = Stream.of(context.getRequiredTestClass().getAnnotationsByType(OpenExercise.class))
                .filter(exercise -> List.of(exercise.breaks()).contains(test))
                .map(OpenExercise::number)
                .findFirst();
        if (open.isPresent() && isUntouched(context)) {
            invocation.skip();
            throw new TestAbortedException("exercise " + open.get() + " is open");
        }
        try {
            invocation.proceed();
        } catch (AssertionError | ConditionTimeoutException | IOException | ExecutionException e) {
            if (open.isPresent()) {
                throw new TestAbortedException("exercise " + open.get() + " is open: " + e.getMessage(), e);
            }
            failureIn(scene(context).process().output())
                    .ifPresent(failure -> context.publishReportEntry(FAILURE, failure));
            throw e;
        }
    }

    /** Asked once: git has to be started for it. */
    private static boolean isUntouched(ExtensionContext context) {
        var step = new Step(scene(context).process().stage().module().getParent());
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(step, Starter::isUntouched, Boolean.class);
    }

    /** @return the last exception that a stage logged, and where in its code */
    private static Optional<String> failureIn(List<String> output) {
        var failure = Optional.<String>empty();
        for (var i = 0; i < output.size(); i++) {
            if (output.get(i).matches("[\\w.$]+(Exception|Error)\\b.*")) {
                var at = output.stream().skip(i).filter(StageProcess::isFrameOfMarketsvc);
                failure = Optional.of(output.get(i)
                        + at.findFirst().map(line -> "\n" + line.strip()).orElse(""));
            }
        }
        return failure;
    }
}
