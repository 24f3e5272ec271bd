package workshop.stage;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
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
import workshop.db.MarketDb;
import workshop.db.WorkshopException;
import workshop.faults.Relay;
import workshop.lesson.Lesson;
import workshop.witness.Witness;

/**
 * Starts a stage once per test run, puts the sample data back before each test, and hands out a {@link Market} or a
 * {@link Lesson}.
 *
 * <p>The stage is the module in the working directory, as Maven has it, unless the configuration parameters
 * {@value #MODULE} and {@value #CLASSES} name another.
 */
public final class StageExtension implements BeforeEachCallback, ParameterResolver, InvocationInterceptor {
    /** Configuration parameter: the folder of the stage's module. */
    public static final String MODULE = "workshop.module";
    /** Configuration parameter: the folder of its compiled classes. */
    public static final String CLASSES = "workshop.classes";
    /** Configuration parameter: the seed of a lesson's random data. */
    public static final String SEED = "workshop.seed";

    /** Where the session store may keep a {@link Lent}, under its class. */
    public static final Namespace NAMESPACE = Namespace.create(StageExtension.class);

    /** In it some local times do not exist: a stage that converts a timestamp without a zone loses an hour. */
    private static final String A_ZONE_WITH_SUMMER_TIME = "Europe/Berlin";

    /** A database to use instead of the shared one; the session's store, which closes what it can, leaves it open. */
    public record Lent(MarketDb db) {}

    /** A stage that runs behind a relay and is watched. */
    private record Scene(StageProcess process, Relay relay, Witness witness) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            process.close();
            witness.close();
            relay.close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        var scene = scene(context);
        scene.relay().off();
        if (!scene.process().isAlive()) {
            scene.process().restart();
        }
        db(context).reset();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Market.class || type == Lesson.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var scene = scene(context);
        var market = new Market(scene.process(), db(context));
        return parameter.getParameter().getType() == Market.class
                ? market
                : new Lesson(market, scene.relay(), scene.witness(), new Random(seed(context)));
    }

    private static long seed(ExtensionContext context) {
        return context.getConfigurationParameter(SEED).map(Long::parseLong).orElseGet(() -> {
            var seed = System.nanoTime() % 1_000_000;
            context.publishReportEntry(SEED, Long.toString(seed));
            return seed;
        });
    }

    private static Scene scene(ExtensionContext context) {
        var module =
                Path.of(context.getConfigurationParameter(MODULE).orElse("")).toAbsolutePath();
        var maven = Stage.module(module);
        var stage = context.getConfigurationParameter(CLASSES)
                .map(folder -> maven.compiledTo(Path.of(folder)))
                .orElse(maven);
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(stage, missing -> start(missing, db(context)), Scene.class);
    }

    /** The one that a {@link workshop.lesson.Checker} brings along, else one for all tests of this JVM. */
    private static MarketDb db(ExtensionContext context) {
        var lent = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE).get(Lent.class, Lent.class);
        return lent == null ? MarketDb.shared() : lent.db();
    }

    private static Scene start(Stage stage, MarketDb db) {
        try {
            var relay = Relay.to(db.address());
            var process = StageProcess.of(stage, db.urlThrough(relay.port(), stage.name()))
                    // Leaked connections shall be seen, not cleaned up by a garbage collection that happens to run.
                    .jvmOptions("-XX:+DisableExplicitGC", "-Xmn192m", "-Duser.timezone=" + A_ZONE_WITH_SUMMER_TIME)
                    .start();
            return new Scene(process, relay, Witness.of(db, stage.name()));
        } catch (IOException e) {
            throw new WorkshopException("No port for the relay to the database: " + e.getMessage(), e);
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

    /** A contract test that an open exercise is known to break is open, not failed. */
    private static void openUntilSolved(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        try {
            invocation.proceed();
        } catch (AssertionError | ConditionTimeoutException e) {
            var test = context.getRequiredTestMethod().getName();
            for (var exercise : context.getRequiredTestClass().getAnnotationsByType(OpenExercise.class)) {
                if (Arrays.asList(exercise.breaks()).contains(test)) {
                    throw new TestAbortedException("exercise " + exercise.number() + " is open: " + e.getMessage(), e);
                }
            }
            throw e;
        }
    }
}
