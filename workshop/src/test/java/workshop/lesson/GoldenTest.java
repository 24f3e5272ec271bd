package workshop.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A golden transcript forgives other numbers, and nothing else. */
class GoldenTest {
    @TempDir
    Path folder;

    @Test
    void numbersAreExamples() throws IOException {
        assertThat(golden("left # of 25 open (a+b)").compare("left 1,234.5 of 26 open (a+b)"))
                .isEmpty();
        assertThat(golden("left # of 25 open").compare("left many of 25 open")).contains("many");
        assertThat(golden("").compare("anything")).contains("anything");
        assertThat(folder.resolve("expected.txt")).isEmptyFile();
    }

    private Golden golden(String text) throws IOException {
        Files.writeString(folder.resolve("expected.txt"), text);
        return new Golden(folder.resolve("expected.txt"), false);
    }

    @Test
    void updatingDoesNotForgiveOtherWords() throws IOException {
        var file = folder.resolve("expected.txt");
        var golden = new Golden(file, true);
        assertThat(golden.compare("1.4\n200 items")).isEmpty();
        assertThat(golden.compare("1.4\nnothing at all")).contains("200 items").contains("nothing at all");
        assertThat(Files.readString(file)).contains("200 items");
    }
}
