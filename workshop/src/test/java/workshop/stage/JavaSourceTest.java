package workshop.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Taking over one member leaves the rest of a file to the letter. */
class JavaSourceTest {
    private static final String YOURS = """
            package marketsvc;

            import java.util.List;

            /** Mine. */
            class Shop {
                private final int field = 1; // mine

                // TODO 1.1: mend this
                int broken() {
                    return "}{".length();
                }

                /** Stays. */
                List<String> other(int a) {
                    return List.of();
                }
            }
            """;
    private static final String SOLVED = """
            package marketsvc;

            import java.math.BigDecimal;
            import java.util.List;

            class Shop {
                int broken() {
                    return BigDecimal.ONE.intValue();
                }

                int broken(int overloaded) {
                    return 2;
                }

                private static void helper() {}
            }
            """;

    @Test
    void aFileIsTheSumOfItsParts() {
        assertThat(JavaSource.parse(YOURS)).hasToString(YOURS);
        assertThat(JavaSource.parse(SOLVED)).hasToString(SOLVED);
    }

    @Test
    void aBraceInACommentIsNotTheBodysBeginning() {
        var source = """
                package marketsvc;

                /** A {@link Shop}. */
                @SuppressWarnings({"unused"})
                class Shop<T extends List<T>> implements Runnable {
                    /** See {@link Pool}. */
                    private final int field = 1;

                    int broken() { return 0; }
                }
                """;
        var without =
                JavaSource.parse(source).with("field", JavaSource.parse("class Shop { int broken() { return 0; } }"));
        assertThat(without.toString()).isEqualTo(source.replace("""
                    /** See {@link Pool}. */
                    private final int field = 1;
                """, ""));
    }

    @Test
    void aMemberIsReplacedWithItsCommentsItsOverloadsAndItsImports() {
        var mended =
                JavaSource.parse(YOURS).with("broken", JavaSource.parse(SOLVED)).toString();
        assertThat(mended).isEqualTo("""
                package marketsvc;

                import java.math.BigDecimal;
                import java.util.List;

                /** Mine. */
                class Shop {
                    private final int field = 1; // mine

                    int broken() {
                        return BigDecimal.ONE.intValue();
                    }

                    int broken(int overloaded) {
                        return 2;
                    }

                    /** Stays. */
                    List<String> other(int a) {
                        return List.of();
                    }
                }
                """);
    }

    @Test
    void membersOfOneNameNeedNotBeNeighbours() {
        var source = JavaSource.parse("class Shop {\n    int open;\n    int size;\n    int open() {}\n}\n");
        assertThat(source.member("open")).contains("int open;", "int open() {}");
        assertThat(source).asString().startsWith("class Shop {\n").contains("int size;");
    }

    @Test
    void aRecordsComponentsAreNoMembers() {
        var text = "record Point(int x, int y) {\n    int sum() { return x + y; }\n}\n";
        assertThat(JavaSource.parse(text)).hasToString(text);
        assertThat(JavaSource.parse(text).names()).containsExactly("sum");
        assertThat(JavaSource.parse("record Empty(int x) {}\n")).hasToString("record Empty(int x) {}\n");
    }

    @Test
    void aMemberThatIsMissingIsAdded() {
        var more =
                JavaSource.parse(YOURS).with("helper", JavaSource.parse(SOLVED)).toString();
        assertThat(more).endsWith("""
                        return List.of();
                    }

                    private static void helper() {}
                }
                """);
    }

    @Test
    void aMemberThatTheOtherLacksIsRemoved() {
        var less = JavaSource.parse(SOLVED).with("helper", JavaSource.parse(YOURS));
        assertThat(less.names()).doesNotContain("helper");
        assertThat(less.toString()).doesNotContain("helper() {}");
    }

    @Test
    void aFileThatIsNotJavaIsRefused() {
        assertThatThrownBy(() -> JavaSource.parse("class Shop { int broken( }"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
