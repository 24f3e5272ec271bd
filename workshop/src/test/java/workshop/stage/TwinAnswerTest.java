package workshop.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever takes over one answer after the other has the twin in the end; what the flaws leave behind may stay beside it. */
@Tag("author")
class TwinAnswerTest {
    static List<Step> steps() {
        return Repository.steps();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void allAnswersTogetherHaveWhatTheTwinHas(Step step, @TempDir Path sources) throws IOException {
        FileUtils.copyDirectory(step.exercise().sources().toFile(), sources.toFile());
        for (var exercise : Exercises.of(step).exercises()) {
            new TwinAnswer(step, exercise).writeTo(sources);
        }
        for (var file : files(step.solved().sources())) {
            var solved = Files.readString(step.solved().sources().resolve(file));
            var yours = Files.readString(sources.resolve(file));
            if (!file.toString().endsWith(".java")) {
                assertThat(yours).as(file.toString()).isEqualTo(solved);
                continue;
            }
            var twin = JavaSource.parse(solved);
            var taken = JavaSource.parse(yours);
            for (var member : twin.names()) {
                if (bridges(step, file).contains(member)) {
                    continue; // with what any of the starter's other members may still need
                }
                // It may have overloads that the twin does without.
                assertThat(taken.member(member))
                        .as("%s of %s", member, file)
                        .contains(twin.member(member).strip());
            }
        }
        for (var file : files(sources)) {
            assertThat(Files.readString(sources.resolve(file)))
                    .as(file.toString())
                    .doesNotContain("TODO ");
        }
    }

    /** @return the members of that file which are put together while some answers are taken over and others are not */
    private static List<String> bridges(Step step, Path file) throws IOException {
        var members = new ArrayList<String>();
        if (Files.isDirectory(step.folder().resolve("bridges"))) {
            for (var part : files(step.folder().resolve("bridges"))) {
                if (part.getFileName().equals(file.getFileName())) {
                    var text = Files.readString(step.folder().resolve("bridges").resolve(part));
                    members.addAll(JavaSource.parse(text).names());
                }
            }
        }
        return members;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).toList();
        }
    }
}
