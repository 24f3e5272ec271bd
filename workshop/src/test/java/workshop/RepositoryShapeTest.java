package workshop;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workshop.stage.Exercises;
import workshop.stage.Exercises.Exercise;
import workshop.stage.Repository;
import workshop.stage.Stage;
import workshop.stage.Starter;
import workshop.stage.Step;

/** The rules of the repository's shape, for its authors: a learner who has solved something breaks some of them. */
@Tag("author")
class RepositoryShapeTest {
    private static final Pattern TODO = Pattern.compile("TODO (\\d+\\.\\d+)");
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
    private static final int FILES_THAT_DIFFER = 3;
    private static final int LINES_THAT_DIFFER = 120;
    private static final int IMPOSTORS = 3;
    private static final int README_LINES = 100;

    static Stream<Step> steps() {
        return Repository.steps().stream();
    }

    static Stream<Stage> stages() {
        return steps().flatMap(step -> Stream.of(step.exercise(), step.solved()));
    }

    static Stream<Step> laterSteps() {
        return steps().skip(1);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void aStagesMainCodeDependsOnNothingOfOurs(Stage stage) throws IOException {
        for (var file : javaFiles(stage.sources())) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("import workshop.");
        }
        assertThat(Files.readString(stage.module().resolve("../pom.xml")))
                .containsPattern("<artifactId>workshop</artifactId>\\s*<scope>test</scope>");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theTwinsDifferLittle(Step step) throws IOException {
        var names = new TreeSet<>(names(step.exercise()));
        names.addAll(names(step.solved()));
        var differing = new ArrayList<String>();
        var changedLines = 0;
        for (var name : names) {
            var deltas = DiffUtils.diff(lines(step.exercise(), name), lines(step.solved(), name))
                    .getDeltas();
            if (!deltas.isEmpty()) {
                differing.add(name);
            }
            for (var delta : deltas) {
                changedLines +=
                        Math.max(delta.getSource().size(), delta.getTarget().size());
            }
        }
        assertThat(differing).hasSizeBetween(1, FILES_THAT_DIFFER);
        assertThat(changedLines).isBetween(1, LINES_THAT_DIFFER);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void todosChecksAndExercisesHaveTheSameNumbers(Step step) throws IOException {
        var exercises = Exercises.of(step).exercises();
        var numbers = exercises.stream().map(Exercise::number).collect(toCollection(TreeSet::new));
        assertThat(todos(step.exercise())).isEqualTo(numbers);
        assertThat(todos(step.solved())).isEmpty();
        var lesson = Files.readString(step.solved().module().resolve("src/test/java/marketsvc/LessonTest.java"));
        for (var exercise : exercises) {
            assertThat(lesson).contains("class " + exercise.testClass() + " ");
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theTwinsShareOneLessonTest(Step step) throws IOException {
        var lesson = Path.of("src/test/java/marketsvc/LessonTest.java");
        assertThat(step.exercise().module().resolve(lesson))
                .hasSameTextualContentAs(step.solved().module().resolve(lesson));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void theStarterIsTheOneThatResetFinds(Step step) {
        assertThat(Exercises.of(step).starter())
                .as("starter in %s/exercises.yaml", step.name())
                .isEqualTo(Starter.hash(step));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void everyExerciseHasImpostorsAndAnAlternative(Step step) throws IOException {
        for (var exercise : Exercises.of(step).exercises()) {
            assertThat(folders(step, "impostors", exercise))
                    .hasSizeGreaterThanOrEqualTo(IMPOSTORS)
                    .allSatisfy(
                            folder -> assertThat(folder.resolve("expected.txt")).isNotEmptyFile());
            assertThat(folders(step, "alternatives", exercise)).isNotEmpty();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("laterSteps")
    void aStarterIsTheSolvedStepBeforeButForItsTodos(Step step) throws IOException {
        var before = Repository.step(Integer.toString(step.number() - 1)).solved();
        for (var name : names(before)) {
            assertThat(withoutTodos(lines(step.exercise(), name))).as(name).isEqualTo(lines(before, name));
        }
    }

    @Test
    void everyPomIsInTheReactor() throws IOException {
        var reached = new TreeSet<Path>();
        reach(Repository.root(), reached);
        try (var files = Files.walk(Repository.root())) {
            assertThat(files.filter(file -> file.endsWith("pom.xml"))
                            .filter(file -> !file.toString().contains("target"))
                            .map(Path::getParent))
                    .allSatisfy(folder -> assertThat(reached).contains(folder));
        }
    }

    private static void reach(Path folder, TreeSet<Path> reached) throws IOException {
        reached.add(folder);
        for (var module : MODULE.matcher(Files.readString(folder.resolve("pom.xml")))
                .results()
                .toList()) {
            reach(folder.resolve(module.group(1)), reached);
        }
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(Repository.root().resolve("README.md"))).hasSizeLessThanOrEqualTo(README_LINES);
    }

    private static List<Path> folders(Step step, String kind, Exercise exercise) throws IOException {
        try (var found = Files.list(step.folder().resolve(kind))) {
            return found.filter(folder -> folder.getFileName().toString().startsWith(exercise.number() + "-"))
                    .toList();
        }
    }

    private static TreeSet<String> todos(Stage stage) throws IOException {
        var numbers = new TreeSet<String>();
        for (var file : javaFiles(stage.sources())) {
            TODO.matcher(Files.readString(file)).results().forEach(todo -> numbers.add(todo.group(1)));
        }
        return numbers;
    }

    /** A TODO is the comment line that starts it and the comment lines that follow. */
    private static List<String> withoutTodos(List<String> lines) {
        var kept = new ArrayList<String>();
        var inTodo = false;
        for (var line : lines) {
            inTodo = TODO.matcher(line).find() || inTodo && line.strip().startsWith("//");
            if (!inTodo) {
                kept.add(line);
            }
        }
        return kept;
    }

    private static List<String> names(Stage stage) throws IOException {
        return javaFiles(stage.sources()).stream()
                .map(file -> stage.sources().relativize(file).toString())
                .toList();
    }

    private static List<String> lines(Stage stage, String name) throws IOException {
        var file = stage.sources().resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
