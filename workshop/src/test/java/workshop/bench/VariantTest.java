package workshop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workshop.db.WorkshopException;

/** How a stage is named on the command line, and what it is compared with. */
class VariantTest {
    @ParameterizedTest
    @CsvSource({
        "3, step-3, step-3-pool/solved",
        "pool, step-3, step-3-pool/solved",
        "3/exercise, step-3-exercise, step-3-pool/exercise",
        "5-reactive, step-5-reactive, step-5-async/solved",
        "5-reactive/exercise, step-5-reactive-exercise, step-5-async/exercise",
        "step-6-async-orm, step-6, step-6-async-orm/solved"
    })
    void aNameMeansAStageInOneOfItsStyles(String name, String id, String stage) {
        var variant = Variant.of(name);
        assertThat(variant.id()).isEqualTo(id);
        assertThat(variant.stage().name()).isEqualTo(stage);
    }

    @Test
    void aStyleIsTheServicesToRead() {
        assertThat(Variant.of("5-reactive").environment()).isEqualTo(Map.of("STYLE", "reactive"));
        assertThat(Variant.of("5").environment()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9", "3-reactive", "3/solution", "''"})
    void whatIsNotThereIsRefusedInASentence(String name) {
        assertThatThrownBy(() -> Variant.of(name)).isInstanceOf(WorkshopException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 2, true",
        "3, 1, false",
        "3/exercise, 2, false",
        "6, 5, true",
        "6, 5-reactive, false",
        "5-reactive, 5, true",
        "5-reactive, 4, false",
        "5, 5-reactive, false"
    })
    void aStepIsComparedWithTheOneBeforeInTheUsualStyle(String name, String before, boolean follows) {
        assertThat(Variant.of(name).follows(Variant.of(before))).isEqualTo(follows);
    }
}
