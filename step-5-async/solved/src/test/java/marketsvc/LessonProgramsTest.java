package marketsvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workshop.stage.Repository;
import workshop.stage.StageProcess;

/**
 * The lesson programs print what is recorded in lessons/expected, each time: their clock is virtual.
 * A new recording: {@code ./run.sh lesson 01 > step-5-async/lessons/expected/01.txt}, then read it.
 */
class LessonProgramsTest {
    @ParameterizedTest
    @ValueSource(strings = {"01", "02", "03", "04", "05", "06"})
    void theOrderOfEventsIsTheRecordedOne(String number) throws IOException, InterruptedException {
        var recorded = Repository.step("5").folder().resolve("lessons/expected/" + number + ".txt");
        assertThat(lesson(number)).isEqualToNormalizingNewlines(Files.readString(recorded));
    }

    @Test
    void theListNamesTheProgramsAndNotTheirHelpers() throws IOException, InterruptedException {
        assertThat(lesson().lines())
                .filteredOn(line -> line.startsWith("5"))
                .extracting(line -> line.split(" +")[1])
                .containsExactly(
                        "01-blocking-tasks",
                        "02-futures",
                        "03-scheduling",
                        "04-task-groups",
                        "05-streams",
                        "06-customers-and-shops");
    }

    /** The command as run.sh calls it, in a process of its own, as its child writes to its terminal. */
    private static String lesson(String... names) throws IOException, InterruptedException {
        var command = new ProcessBuilder(
                StageProcess.java(),
                "-Dworkshop.root=" + Repository.root(),
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "workshop.cli.Main",
                "lesson");
        command.command().addAll(List.of(names));
        var process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }
}
