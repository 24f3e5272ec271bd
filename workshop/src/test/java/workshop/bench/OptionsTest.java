package workshop.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workshop.db.WorkshopException;

/** Which loads follow from what was typed. */
class OptionsTest {
    static Options options(List<String> stages, List<String> workloads) {
        return new Options(
                stages,
                workloads,
                3,
                1,
                List.of(1, 64),
                List.of(100, 1000),
                List.of(10, 64),
                100_000,
                "./run.sh bench");
    }

    private static List<String> cells(String... workloads) {
        return options(List.of("3"), List.of(workloads)).cells().stream()
                .map(Cell::id)
                .toList();
    }

    @Test
    void totalsAreAskedForByBothModels() {
        assertThat(cells("total")).containsExactly("total/1", "total/64", "total/rate-100", "total/rate-1000");
    }

    @Test
    void slowIsAlsoMeasuredAloneForThePrediction() {
        assertThat(cells("slow")).containsExactly("slow/1/pool-10", "slow/256/pool-10", "slow/256/pool-64");
    }

    @Test
    void theListHasOneReaderAndTheOthersAreAskedBy64() {
        assertThat(cells("orders", "list", "new", "list")).containsExactly("orders/64", "list/1", "new/64");
        assertThat(cells("totals")).containsExactly("totals/1", "totals/64");
    }

    @ParameterizedTest
    @CsvSource({"1, total/rate-100", "5-reactive, total/rate-100", "3, total/rate-1000"})
    void aHighRateIsForThoseWithAPool(String stage, String highest) {
        var options = options(List.of(stage), List.of("total", "slow"));
        var variant = options.variants().getFirst();
        assertThat(options.cells().stream()
                        .filter(cell -> cell.suits(variant) && !cell.isSlow())
                        .map(Cell::id))
                .last()
                .isEqualTo(highest);
    }

    @Test
    void theReactiveStyleIsMeasuredWhereItAsksReactively() {
        var options =
                options(List.of("5-reactive"), List.of("total", "orders", "totals", "list", "new", "mixed", "slow"));
        var variant = options.variants().getFirst();
        assertThat(options.cells().stream().filter(cell -> cell.suits(variant)).map(Cell::id))
                .containsExactly("total/1", "total/64", "total/rate-100", "list/1");
    }

    @Test
    void nonsenseIsRefusedInASentence() {
        assertThatThrownBy(() -> cells("totals", "nothing"))
                .isInstanceOf(WorkshopException.class)
                .hasMessageContaining("There is no workload \"nothing\"")
                .hasMessageContaining("slow");
        assertThatThrownBy(() -> new Options(
                        List.of("3"), List.of("total"), 0, 1, List.of(1), List.of(), List.of(), 100_000, ""))
                .hasMessage("--rounds takes 1 to 20, not 0.");
    }
}
