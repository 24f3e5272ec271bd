package workshop.lesson;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import workshop.stage.Stage;

/**
 * What a stage's compiled classes call: for the one thing that no server can see, which library asks it.
 *
 * <p>The way begins at a method that the exercise names and follows every call inside the stage, lambdas and method
 * references included, so that private helpers may be named and cut as one likes.
 */
public final class Code {
    private static final Set<String> BY_HAND =
            Set.of("prepareStatement", "prepareCall", "createStatement", "setAutoCommit", "commit", "rollback");

    private final JavaClasses classes;

    private Code(JavaClasses classes) {
        this.classes = classes;
    }

    /** @param stage compiled */
    public static Code of(Stage stage) {
        // What a stage runs on is not on our class path: its names are enough.
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new Code(new ClassFileImporter().importPath(stage.classes()));
        });
    }

    /** A call in the stage's code; {@code toString} says it as a sentence would. */
    private record Call(JavaCodeUnit from, CodeUnitAccessTarget to) {
        private boolean isByHand() {
            return to.getOwner().getPackageName().matches("(java|javax|org\\.postgresql)\\b.*")
                    && (BY_HAND.contains(to.getName()) && isOf("Connection")
                            || to.getName().startsWith("execute") && isOf("Statement"));
        }

        private boolean isOf(String... suffixes) {
            return Stream.of(suffixes).anyMatch(to.getOwner().getSimpleName()::endsWith);
        }

        private boolean isJdbi() {
            return to.getOwner().getPackageName().startsWith("org.jdbi.");
        }

        private boolean buildsAStatement() {
            return isJdbi()
                    && isOf("Handle")
                    && to.getName().matches("create(Query|Update|Batch|Call)|prepareBatch|select");
        }

        @Override
        public String toString() {
            return "%s calls %s".formatted(name(from), name(to.getOwner(), to.getName()));
        }
    }

    /** What is reached: methods of the stage, and calls that leave it. */
    private record Reach(List<JavaCodeUnit> methods, List<Call> calls) {
        private boolean describesItsStatements() {
            return methods.stream().anyMatch(Code::isSqlObjectMethod);
        }

        private String first(Predicate<Call> kind) {
            return calls.stream().filter(kind).findFirst().map(Call::toString).orElse("");
        }
    }

    /**
     * Fails the check unless a question is asked through Jdbi, and nothing on its way is asked through {@code java.sql}; rows
     * may be read from a {@code ResultSet}.
     *
     * @param question for the message, such as {@code GET /api/customers}
     * @param methods where its way begins, such as {@code DbAccessor.customers}: those of them that there are
     */
    public void expectJdbi(String question, String... methods) {
        expectJdbi(question, from(methods));
    }

    private static void expectJdbi(String question, Reach reach) {
        var byHand = reach.first(Call::isByHand);
        Lesson.expect(
                byHand.isEmpty(),
                "%s is asked by way of java.sql still: %s.\nThe compiled classes say so, which the server cannot see; Jdbi expected.",
                question,
                byHand);
        Lesson.expect(
                reach.calls.stream().anyMatch(Call::isJdbi) || reach.describesItsStatements(),
                "%s is not asked by way of Jdbi: nothing on its way calls org.jdbi.\nThe compiled classes say so, which the server cannot see; Jdbi expected.",
                question);
    }

    /**
     * As {@link #expectJdbi}, by methods of an interface whose annotations hold the SQL: statements are built in code nowhere,
     * its own default methods included.
     */
    public void expectSqlObject(String question, String... methods) {
        var reach = from(methods);
        expectJdbi(question, reach);
        Lesson.expect(
                reach.describesItsStatements(),
                "%s does not reach an interface whose methods are annotated with their SQL; one expected.\nThe compiled classes say so, which the server cannot see.",
                question);
        var built = reach.first(Call::buildsAStatement);
        Lesson.expect(
                built.isEmpty(),
                "%s reaches an interface whose methods are annotated with their SQL, and builds a statement besides: %s.\nNothing but the interface expected.",
                question,
                built);
    }

    /** @return whether there is a method of that name, such as {@code DbAccessor.customers} */
    public boolean has(String method) {
        return !methods(method).isEmpty();
    }

    /** As {@link #expectJdbi}, of the asynchronous driver: neither Jdbi nor {@code java.sql} is on the way. */
    public void expectR2dbc(String question, String... methods) {
        var reach = from(methods);
        var blocking = reach.first(call -> call.isJdbi() || call.isByHand());
        Lesson.expect(
                blocking.isEmpty()
                        && reach.calls.stream()
                                .anyMatch(call ->
                                        call.to.getOwner().getPackageName().startsWith("io.r2dbc.")),
                "%s is not asked by the asynchronous driver: %s.\nThe compiled classes say so, which the server cannot see; io.r2dbc expected, and no JDBC.",
                question,
                blocking.isEmpty() ? "nothing on its way calls io.r2dbc" : blocking);
    }

    private Reach from(String... names) {
        var starts = Stream.of(names).flatMap(name -> methods(name).stream()).toList();
        Lesson.expect(
                !starts.isEmpty(),
                "There is no method %s, where this check begins to look.",
                String.join(" or ", names));
        var met = new LinkedHashSet<JavaCodeUnit>(starts);
        var calls = new ArrayList<Call>();
        for (var next = new ArrayDeque<JavaCodeUnit>(starts); !next.isEmpty(); ) {
            var from = next.remove();
            for (var access : inOrder(from)) {
                var reached = inTheStage(access.getTarget());
                if (reached.isEmpty()) {
                    calls.add(new Call(from, access.getTarget()));
                }
                reached.stream().filter(met::add).forEach(next::add);
            }
        }
        return new Reach(List.copyOf(met), calls);
    }

    private List<JavaCodeUnit> methods(String name) {
        var type = name.substring(0, name.indexOf('.'));
        return classes.stream()
                .filter(found -> found.getSimpleName().equals(type))
                .flatMap(found -> found.getCodeUnits().stream())
                .filter(unit -> name(unit).equals(name))
                .sorted(Comparator.comparing(JavaCodeUnit::getFullName))
                .toList();
    }

    private static List<JavaCodeUnitAccess<?>> inOrder(JavaCodeUnit unit) {
        return unit.getAccessesFromSelf().stream()
                .filter(JavaCodeUnitAccess.class::isInstance)
                .<JavaCodeUnitAccess<?>>map(access -> (JavaCodeUnitAccess<?>) access)
                .sorted(Comparator.<JavaCodeUnitAccess<?>>comparingInt(JavaCodeUnitAccess::getLineNumber)
                        .thenComparing(access -> access.getTarget().getFullName()))
                .toList();
    }

    /** The stage's own methods that a call may reach: an interface's in whatever implements it, an object's callbacks once it is made. */
    private List<JavaCodeUnit> inTheStage(CodeUnitAccessTarget target) {
        var owner = target.getOwner();
        if (!classes.contain(owner.getFullName())) {
            return List.of();
        }
        var reached = new ArrayList<JavaCodeUnit>();
        target.resolveMember().filter(JavaCodeUnit.class::isInstance).ifPresent(reached::add);
        for (var heir : classes.get(owner.getFullName()).getAllSubclasses()) {
            heir.getMethods().stream()
                    .filter(method -> method.getName().equals(target.getName()))
                    .forEach(reached::add);
        }
        if (target.getName().equals("<init>") && answersToOthers(owner)) {
            reached.addAll(owner.getMethods());
        }
        return reached;
    }

    private boolean answersToOthers(JavaClass type) {
        return Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                .anyMatch(above -> !classes.contain(above.getFullName())
                        && !above.getFullName().equals("java.lang.Object")
                        && !above.getFullName().equals("java.lang.Record"));
    }

    private static boolean isSqlObjectMethod(JavaCodeUnit method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation ->
                        annotation.getRawType().getFullName().startsWith("org.jdbi.v3.sqlobject.statement.Sql"));
    }

    private static String name(JavaCodeUnit unit) {
        return name(unit.getOwner(), unit.getName());
    }

    /** {@code DbAccessor.customers}, also for what is nested in DbAccessor. */
    private static String name(JavaClass type, String member) {
        var outer = type.getFullName()
                .substring(
                        type.getPackageName().length() + (type.getPackageName().isEmpty() ? 0 : 1));
        return Stream.of(outer.split("\\$"))
                        .filter(part -> !part.matches("\\d+"))
                        .collect(joining(".")) + "." + member;
    }
}
