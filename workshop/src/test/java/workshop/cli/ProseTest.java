package workshop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProseTest {
    @Test
    void breaksBetweenWords() {
        assertThat(Prose.wrapped("one two three four", "  ", 10)).isEqualTo("one two\n  three\n  four");
    }

    @Test
    void fillsTheWidth() {
        assertThat(Prose.wrapped("12345 7890 x", "", 10)).isEqualTo("12345 7890\nx");
    }

    @Test
    void aLongWordStaysWhole() {
        assertThat(Prose.wrapped("see https://example.org/long now", "", 8))
                .isEqualTo("see\nhttps://example.org/long\nnow");
    }

    @Test
    void linesAndTheirIndentStay() {
        assertThat(Prose.wrapped("said:\n  at once\nend\n", "", 80)).isEqualTo("said:\n  at once\nend");
    }
}
