package workshop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workshop.faults.Fault;
import workshop.stage.Exercises;
import workshop.stage.Exercises.Exercise;
import workshop.stage.Repository;
import workshop.stage.RunningService;
import workshop.stage.Stage;
import workshop.stage.Starter;

/** The commands that change a learner's files, on a clone with a space in its path. */
class LearnerCommandsTest {
    @TempDir
    Path temporary;

    private final Path origin = Repository.root();
    private Path clone;
    private final PrintStream terminal = System.out;
    private ByteArrayOutputStream printed;

    @BeforeEach
    void cloneTheWorkshop() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(origin.resolve(".git/objects")), "an unpacked archive has no history");
        clone = Files.createDirectory(temporary.resolve("a clone"));
        for (var name : new String[] {"run.sh", "step-1-jdbc/pom.xml", "step-1-jdbc/exercises.yaml"}) {
            FileUtils.copyFile(
                    origin.resolve(name).toFile(), clone.resolve(name).toFile());
        }
        // The starter as published, also when the one in this working tree is solved already.
        FileUtils.copyDirectory(
                new File(origin + "/step-1-jdbc/solved/src"), new File(clone + "/step-1-jdbc/solved/src"));
        // git's own way to share what is in another clone.
        Files.createDirectories(clone.resolve(".git/objects/info"));
        Files.writeString(
                clone.resolve(".git/objects/info/alternates"),
                origin.resolve(".git/objects").toString().replace('\\', '/') + "\n");
        Files.createDirectories(clone.resolve(".git/refs"));
        Files.writeString(clone.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        System.setProperty("workshop.root", clone.toString());
        printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        assertThat(run("reset", "1")).isZero();
        printed.reset();
    }

    @AfterEach
    void restore() {
        System.setOut(terminal);
        System.clearProperty("workshop.root");
    }

    private int run(String... args) {
        var err = new PrintWriter(printed, true, StandardCharsets.UTF_8);
        return Main.commandLine().setErr(err).setOut(err).execute(args);
    }

    private String screen() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Path accessor() {
        return clone.resolve("step-1-jdbc/exercise/src/main/java/marketsvc/DbAccessor.java");
    }

    @Test
    void hintsComeOneRungAtATimeAndTheLastIsTheAnswer() {
        for (var rung : new String[] {"Where to look", "The idea", "What helps", "The pieces", "The twin's answer"}) {
            printed.reset();
            assertThat(run("hint", "1.3")).isZero();
            assertThat(screen()).contains(rung);
        }
        assertThat(screen())
                .contains("+            connection.setAutoCommit(false);")
                .doesNotContain("ordersBetween");
    }

    @Test
    void solvingTakesOverOneAnswerAndKeepsTheLearnersVersion() throws IOException {
        Files.writeString(accessor(), Files.readString(accessor()).replace("int add(", "/* mine */ int add("));
        assertThat(run("solve", "1.3")).isZero();
        assertThat(Files.readString(accessor()))
                .contains("connection.setAutoCommit(false);")
                .contains("TODO 1.1", "TODO 1.2", "TODO 1.4", "TODO 1.5")
                .doesNotContain("TODO 1.3", "/* mine */");
        assertThat(kept()).anySatisfy(text -> assertThat(text).contains("/* mine */"));
        assertThat(screen()).containsSubsequence("Your version before is in", "Took over", "run.sh check 1.3");
    }

    private static List<Exercise> exercises() {
        return Exercises.of(Repository.step("1")).exercises();
    }

    @Test
    void solvingAllExercisesMakesTheTwin() throws IOException {
        for (var exercise : exercises()) {
            assertThat(run("solve", exercise.number())).isZero();
        }
        // What editors keep beside a file.
        Files.write(accessor().resolveSibling(".DbAccessor.java.swp"), new byte[] {0, (byte) 0xff});
        Files.writeString(accessor().resolveSibling("DbAccessor.java~"), "as it was before");
        printed.reset();
        assertThat(run("compare", "1")).isZero();
        assertThat(screen()).contains("is the same as solved");
    }

    @Test
    void solvingDoesNotMindTheLineEndsOfAnEditorOnWindows() throws IOException {
        for (var exercise : exercises()) {
            Files.writeString(accessor(), Files.readString(accessor()).replace("\n", "\r\n"));
            assertThat(run("solve", exercise.number())).isZero();
        }
        printed.reset();
        assertThat(run("compare", "1")).isZero();
        assertThat(screen()).contains("is the same as solved");
    }

    @Test
    void anAnswerIsNotPutIntoAFileThatDoesNotParse() throws IOException {
        var broken = Files.readString(accessor()).replace("int add(", "int add((");
        Files.writeString(accessor(), broken);
        assertThat(run("solve", "1.3")).isEqualTo(2);
        assertThat(screen()).contains("DbAccessor.java does not parse").doesNotContain("at workshop.");
        assertThat(accessor()).hasContent(broken);
    }

    @Test
    void resettingPutsTheStarterBackWhateverWasDone() throws IOException {
        var starter = Files.readString(accessor());
        Files.writeString(accessor(), "// all mine");
        Files.writeString(accessor().resolveSibling("Extra.java"), "class Extra {}");
        assertThat(run("reset", "1")).isZero();
        assertThat(accessor()).hasContent(starter);
        assertThat(accessor().resolveSibling("Extra.java")).doesNotExist();
        assertThat(kept()).contains("// all mine");
        assertThat(screen()).containsSubsequence("Your version is in", "is as at its start");
    }

    @Test
    void nothingIsResetUnlessItIsNamed() throws IOException {
        Files.writeString(accessor(), "// all mine");
        assertThat(run("reset")).isEqualTo(2);
        assertThat(screen()).contains("STEP", "./run.sh help reset");
        assertThat(accessor()).hasContent("// all mine");
    }

    @Test
    void damagedProgressIsKeptAsideAndToldOf() throws IOException {
        var file = clone.resolve(".workshop/progress.json");
        Files.writeString(file, "{\"step\": 1, \"do");
        var usual = System.err;
        System.setErr(System.out);
        try {
            assertThat(run("list")).isZero();
        } finally {
            System.setErr(usual);
        }
        assertThat(screen()).contains("progress.json.bad").contains("./run.sh step N");
        assertThat(file.resolveSibling("progress.json.bad")).hasContent("{\"step\": 1, \"do");
    }

    @Test
    void progressThatCannotBeReadIsLeftWhereItIs() throws IOException {
        var file = clone.resolve(".workshop/progress.json");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(run("list")).isEqualTo(2);
        assertThat(screen()).contains("Cannot use " + file).doesNotContain("at workshop.");
        assertThat(file).isDirectory();
    }

    @Test
    void aHashLeavesNothingInTheRepositoryAndNothingBehind() throws IOException {
        Files.writeString(accessor(), "// never committed");
        var before = files(clone.resolve(".git"));
        Starter.hash(Repository.step("1"));
        assertThat(files(clone.resolve(".git"))).isEqualTo(before);
    }

    private static long files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.count();
        }
    }

    @Test
    void whereGitHasNoHistoryItsOwnWordsAreTold() throws IOException {
        FileUtils.deleteDirectory(clone.resolve(".git").toFile());
        var mine = Files.readString(accessor());
        assertThat(run("reset", "1")).isEqualTo(2);
        assertThat(screen()).contains("git says: fatal: not a git repository").contains("Clone the workshop with git");
        assertThat(accessor()).hasContent(mine);
    }

    @Test
    void theListShowsWhereTheLearnerIs() {
        assertThat(run("list")).isZero();
        assertThat(screen()).contains("you are here").contains("1.1  Close what you open");
    }

    @Test
    void whatDoesNotExistIsNamedWithWhatDoes() {
        assertThat(run("hint", "1.9")).isEqualTo(2);
        assertThat(screen()).contains("no exercise 1.9").contains("1.1, 1.2, 1.3, 1.4, 1.5");
        assertThat(run("step", "9")).isEqualTo(2);
        assertThat(screen()).contains("no step \"9\"").contains("1 (jdbc)");
        assertThat(run("hint", "first")).isEqualTo(2);
        assertThat(screen()).contains("name one like 1.2");
        assertThat(run("chek")).isEqualTo(2);
        assertThat(screen()).contains("There is no command \"chek\".", "check").doesNotContain("at workshop.");
    }

    @Test
    void everyCommandIsInTheHelpAndHasOneOfItsOwn() {
        assertThat(run("help")).isZero();
        assertThat(screen().lines().filter(line -> line.matches("  [a-z].*")).map(line -> line.split(" +")[1]))
                .containsExactlyInAnyOrderElementsOf(
                        Main.commandLine().getSubcommands().keySet());
        for (var command : Main.commandLine().getSubcommands().keySet()) {
            printed.reset();
            assertThat(run(command, "--help")).as(command).isZero();
            assertThat(screen()).contains("Usage: ");
        }
        printed.reset();
        assertThat(run("--help")).isZero();
        assertThat(screen()).contains("Ask the running service");
    }

    @Test
    void faultsAreInTheHelpAndOnTheSiteInOneOrder() throws IOException {
        assertThat(run("help", "fault")).isZero();
        var words = Stream.of(Fault.values()).map(Fault::words).toList();
        assertThat(screen()).containsSubsequence(words);
        var page = Files.readString(origin.resolve("docs/src/content/docs/reference/commands.mdx"));
        assertThat(page.substring(page.indexOf("## Faults")))
                .containsSubsequence(words.stream()
                        .map(word -> "`" + word.replace("TABLE", "item") + "`")
                        .toList());
    }

    @Test
    void anItemWithoutAQuantityIsRefusedInOneSentence() {
        assertThat(run("neworder", "--item", "2")).isEqualTo(2);
        assertThat(screen()).contains("option '--item'").doesNotContain("option option");
    }

    @Test
    void thePoolIsShownByItsOwnGauges() throws IOException {
        assertThat(run("pool", "--once")).isEqualTo(2);
        assertThat(screen()).contains("No service runs");
        var metrics = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metrics.createContext("/metrics", exchange -> {
            var body = """
                    # TYPE hikaricp_connections gauge
                    hikaricp_connections{pool="market"} 8.0
                    hikaricp_connections_active{pool="market"} 4.0
                    hikaricp_connections_max{pool="market"} 10.0
                    hikaricp_connections_pending{pool="market"} 12.0
                    hikaricp_connections_timeout_total{pool="market"} 3.0
                    hikaricp_connections_usage_seconds_count{pool="market"} 1234
                    hikaricp_connections_usage_seconds_sum{pool="market"} 2.468
                    """.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        metrics.start();
        try {
            var stage = Stage.module(clone.resolve("step-1-jdbc/exercise"));
            RunningService.of(stage, metrics.getAddress().getPort(), 0).announce();
            assertThat(run("pool", "--once")).isZero();
            assertThat(screen())
                    .contains(
                            "████░░░░", "4 of 10 busy", "12 waiting", "1,234 served", "held 2.0 ms each", "3 refused");
        } finally {
            metrics.stop(0);
        }
    }

    @Test
    void aSecondWordIsAnExerciseAlsoWhenItIsTheFirstOnceMore() {
        assertThat(run("check", "1", "9")).isEqualTo(2);
        assertThat(screen()).contains("no exercise 1.9");
        assertThat(run("check", "jdbc", "jdbc")).isEqualTo(2);
        assertThat(screen()).contains("\"1.jdbc\" is not an exercise");
    }

    @Test
    void whoCannotCheckSaysSoAlsoToAProgram() {
        // The clone lacks what Maven needs, as it would without a network.
        assertThat(run("check", "1", "solved", "--json")).isEqualTo(2);
        assertThat(screen())
                .contains("{\"stage\":\"step-1-jdbc/solved\",\"compiles\":null,", "\"exercises\":[]")
                .doesNotContain("\"message\":\"\"", "at workshop.");
    }

    @Test
    void aDiskThatTakesNothingIsAPersonsToMend() {
        var full = new UncheckedIOException(new AccessDeniedException("progress.json"));
        assertThat(Main.obstacle(new CompletionException(full)))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("AccessDeniedException: progress.json", "Is the disk full", "./run.sh doctor"));
        assertThat(Main.obstacle(new IllegalStateException(full))).isEmpty();
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        for (var wrong : new String[][] {
            {"run", "--heap", "64"}, {"run", "--heap", "much"}, {"sizes", "--clients", "0"}, {"sizes", "--pools", "0"}
        }) {
            printed.reset();
            assertThat(run(wrong)).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(screen()).contains(wrong[1] + " take").doesNotContain("at workshop.");
        }
    }

    @Test
    void oneStepIsMeantAndNotTheLastOfSeveral() {
        assertThat(run("sizes", "1", "--pools", "1", "2")).isEqualTo(2);
        assertThat(screen()).contains("One step, not 1 and 2");
    }

    @Test
    void whereFiguresCannotGoIsSaidBeforeTheyAreMeasured() {
        for (var wrong : new String[] {"run.sh/bench.json", "step-1-jdbc"}) {
            printed.reset();
            var file = clone.resolve(wrong).toString();
            assertThat(run("bench", "--quick", "--json", file)).isEqualTo(2);
            assertThat(screen()).contains(wrong, "name a file");
        }
    }

    @Test
    void lessonsAreListedByNameAndOneThatIsMissingIsNamedWithThoseThatAre() throws IOException {
        var folder = Files.createDirectories(clone.resolve("step-1-jdbc/lessons"));
        Files.writeString(
                folder.resolve("BulkInsert.java"),
                "/** Many rows. */\nclass BulkInsert {\n    public static void main(String[] args) {}\n}");
        Files.writeString(
                folder.resolve("01-first-steps.java"),
                "// needs: elephants=2\n/** One. */\nclass One {\n    public static void main(String[] args) {}\n}");
        assertThat(run("lesson")).isZero();
        assertThat(screen())
                .containsPattern("1  01-first-steps +One\\.")
                .containsPattern("1  bulk-insert +Many rows\\.");
        assertThat(run("lesson", "insert")).isEqualTo(2);
        assertThat(screen()).contains("no lesson \"insert\"").contains("01-first-steps, bulk-insert");
    }

    private java.util.List<String> kept() throws IOException {
        try (var files = Files.walk(clone.resolve(".workshop/kept"))) {
            var texts = new java.util.ArrayList<String>();
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
