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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workshop.stage.Exercises;
import workshop.stage.Exercises.Exercise;
import workshop.stage.Quiz;
import workshop.stage.Quiz.Question;
import workshop.stage.Repository;
import workshop.stage.Stage;
import workshop.stage.StageCompiler;
import workshop.stage.Starter;
import workshop.stage.Step;

/** The rules of the repository's shape, for its authors: a learner who has solved something breaks some of them. */
@Tag("author")
class RepositoryShapeTest {
    private static final Pattern TODO = Pattern.compile("TODO (\\d+\\.\\d+)");
    private static final Pattern MODULE = Pattern.compile("<module>(.+?)</module>");
    /** Step 6 leaves JDBC: its starter is what step 5 has of R2DBC, for the whole service, and its README says so. */
    private static final int STEP_OF_ANOTHER_START = 6;

    /** Steps 5 and 6 need as many: step 5 has two halves, step 6 adds a class for entities. */
    private static final int FILES_THAT_DIFFER = 5;

    private static final int LINES_THAT_DIFFER = 340;
    private static final int IMPOSTORS = 3;
    private static final int README_LINES = 100;
    private static final int QUESTIONS = 5;
    private static final int ANSWERS = 3;

    static Stream<Step> steps() {
        return Repository.steps().stream();
    }

    static Stream<Stage> stages() {
        return steps().flatMap(step -> Stream.of(step.exercise(), step.solved()));
    }

    static Stream<Step> laterSteps() {
        return steps().skip(1).filter(step -> step.number() != STEP_OF_ANOTHER_START);
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
        assertThat(differing)
                .as("files that differ between the twins of %s", step.name())
                .hasSizeBetween(1, FILES_THAT_DIFFER);
        assertThat(changedLines)
                .as("lines that differ between the twins of %s", step.name())
                .isBetween(1, LINES_THAT_DIFFER);
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
    void aStepsMinutesAreThoseOfItsExercises(Step step) {
        var exercises = Exercises.of(step);
        assertThat(exercises.minutes())
                .as("minutes in %s/exercises.yaml", step.name())
                .isEqualTo(exercises.exercises().stream()
                        .mapToInt(Exercise::minutes)
                        .sum());
    }

    /** What a step promises beyond the common contract, the steps after it promise too. */
    @ParameterizedTest
    @MethodSource("stages")
    void aStagesContractIsNoSmallerThanTheOneBefore(Stage stage) throws IOException {
        for (var step : Repository.steps()) {
            if (stage.name().compareTo(step.name()) > 0) {
                assertThat(contracts(stage)).as(stage.name()).containsAll(contracts(step.exercise()));
            }
        }
    }

    private static List<String> contracts(Stage stage) throws IOException {
        var test = Files.readString(stage.module().resolve("src/test/java/marketsvc/ContractTest.java"));
        return List.of(test.replaceAll("(?s).*implements (.*?) \\{.*", "$1").split(",\\s*"));
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
                    .as("impostors/%s-…", exercise.number())
                    .hasSizeGreaterThanOrEqualTo(IMPOSTORS)
                    .allSatisfy(
                            folder -> assertThat(folder.resolve("expected.txt")).isNotEmptyFile());
            assertThat(folders(step, "alternatives", exercise))
                    .as("alternatives/%s-…", exercise.number())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aQuizAsksWhyAndAnswersEveryAnswer(Step step) {
        var questions = Quiz.of(step).questions();
        assertThat(questions).hasSizeGreaterThanOrEqualTo(QUESTIONS);
        assertThat(questions)
                .extracting(Question::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.startsWith(step.number() + ".q"));
        assertThat(questions).extracting(Question::kind).allMatch(List.of("why", "what", "predict")::contains);
        assertThat(questions.stream().filter(question -> question.kind().equals("why")))
                .as("questions that ask why")
                .hasSizeGreaterThanOrEqualTo((questions.size() + 1) / 2);
        assertThat(questions).allSatisfy(question -> {
            assertThat(question.ask()).isNotBlank();
            assertThat(question.answers())
                    .as(question.id())
                    .hasSizeGreaterThanOrEqualTo(ANSWERS)
                    .anyMatch(Quiz.Answer::right)
                    .anyMatch(answer -> !answer.right())
                    .allSatisfy(answer -> {
                        assertThat(answer.text()).isNotBlank();
                        assertThat(answer.feedback()).as(answer.text()).isNotBlank();
                    });
        });
    }

    @ParameterizedTest
    @MethodSource("steps")
    void whatAQuizPredictsIsShownByATest(Step step) throws IOException {
        for (var question : Quiz.of(step).questions()) {
            if (question.kind().equals("predict")) {
                assertThat(question.shownBy()).as(question.id() + ": shown_by").isNotBlank();
            }
            if (question.shownBy() != null) {
                assertThat(shows(step, question.shownBy()))
                        .as(question.id() + ": there is " + question.shownBy())
                        .isTrue();
            }
        }
    }

    /** {@code LessonTest#name} is a test of the step or of the contract; everything else a file in the step's folder. */
    private static boolean shows(Step step, String name) throws IOException {
        if (!name.contains("#")) {
            return Files.exists(step.folder().resolve(name));
        }
        var method = " " + name.substring(name.indexOf('#') + 1) + "(";
        var file = name.substring(0, name.indexOf('#')) + ".java";
        for (var place : List.of(
                step.solved().module().resolve("src/test/java/marketsvc"),
                Repository.root().resolve("workshop/src/main/java/workshop/contract"))) {
            if (Files.exists(place.resolve(file))
                    && Files.readString(place.resolve(file)).contains("void" + method)) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("laterSteps")
    void aStarterIsTheSolvedStepBeforeButForItsTodos(Step step) throws IOException {
        var before = Repository.step(Integer.toString(step.number() - 1)).solved();
        for (var name : names(files(before.sources()), before)) {
            assertThat(withoutTodos(lines(step.exercise(), name)))
                    .as("%s in %s, which is the solved step before's but for TODO comments", name, step.exercise())
                    .containsExactlyElementsOf(lines(before, name));
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void whatThePagesShowBesideTheStagesCompiles(Step step, @TempDir Path classes) {
        var examples = Repository.root().resolve("docs/examples").resolve(step.name());
        if (Files.isDirectory(examples)) {
            var solved = step.solved();
            var result = StageCompiler.compile(examples, classes, solved.libraries(), solved.options());
            assertThat(result.succeeded()).as(result.messages()).isTrue();
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
        return names(javaFiles(stage.sources()), stage);
    }

    private static List<String> names(List<Path> files, Stage stage) {
        return files.stream()
                .map(file -> stage.sources().relativize(file).toString())
                .toList();
    }

    private static List<String> lines(Stage stage, String name) throws IOException {
        var file = stage.sources().resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Stage::isSource).sorted().toList();
        }
    }
}
