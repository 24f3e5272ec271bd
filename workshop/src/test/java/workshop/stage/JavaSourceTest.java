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
