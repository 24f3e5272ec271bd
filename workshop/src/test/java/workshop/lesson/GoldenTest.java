package workshop.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A golden transcript forgives numbers that are known to differ, and nothing else. */
class GoldenTest {
    @TempDir
    Path folder;

    @Test
    void aHashStandsForOneNumber() {
        assertThat(Golden.matches("left # of 25 open (a+b)", "left 1,234.5 of 25 open (a+b)"))
                .isTrue();
        assertThat(Golden.matches("left # of 25 open", "left many of 25 open")).isFalse();
        assertThat(Golden.matches("left # of 25 open", "left 3 of 26 open")).isFalse();
        assertThat(Golden.matches("", "anything")).isFalse();
    }

    @Test
    void updatingLearnsWhichNumbersDiffer() throws IOException {
        var file = folder.resolve("expected.txt");
        var golden = new Golden(file, true);
        assertThat(golden.compare("1.4\n200 items took 204 trips, order -1.50")).isEmpty();
        assertThat(golden.compare("1.4\n200 items took 207 trips, order 3.20")).isEmpty();
        assertThat(file).hasContent("1.4\n200 items took # trips, order #\n");
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
