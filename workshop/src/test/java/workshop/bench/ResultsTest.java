package workshop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What follows from measurements, and how it is written down. */
class ResultsTest {
    private static final Cell TOTAL = Cell.closed(Workload.TOTAL, 64);

    private final Results results = new Results(
            OptionsTest.options(List.of("1", "3"), List.of("total", "slow")),
            new Machine(2, "a processor", 8, "a system", "25", Map.of("PostgreSQL", "18.6"), "abc"));

    private void add(String stage, Cell cell, double... perSecond) {
        for (var value : perSecond) {
            var values = Map.of(Metric.PER_SECOND, value, Metric.MEAN_MS, 1000 / value);
            results.add(Variant.of(stage), cell, new Sample(values, Map.of("503", 1L)));
        }
    }

    private JsonNode cell(String id) {
        return JsonMapper.shared()
                .readTree(Json.text(results))
                .get("cells")
                .valueStream()
                .filter(cell -> cell.get("id").stringValue().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theMiddleRoundCounts() {
        assertThat(Figure.of(List.of(300.0, 100.0, 200.0)))
                .isEqualTo(new Figure(List.of(300.0, 100.0, 200.0), 200, 100));
        assertThat(Figure.of(List.of(1.0, 2.0)).median()).isEqualTo(1.5);
        assertThat(Figure.of(List.of(0.0)).spreadPercent()).isZero();
        assertThat(Figure.rounded(12345.678)).isEqualTo(12350);
    }

    @Test
    void eachFigureHasItsPlaceInTheFile() {
        add("2", TOTAL, 90, 110, 100);
        add("3", TOTAL, 4000, 3000, 5000);
        var cell = cell("total/64/step-3");
        assertThat(cell.at("/perSecond/median").doubleValue()).isEqualTo(4000);
        assertThat(cell.at("/perSecond/rounds").size()).isEqualTo(3);
        assertThat(cell.at("/perSecond/spreadPercent").doubleValue()).isEqualTo(50);
        assertThat(cell.get("stepBefore").stringValue()).isEqualTo("step-2");
        assertThat(cell.get("toStepBefore").doubleValue()).isEqualTo(44.44);
        assertThat(cell.at("/failures/503").intValue()).isEqualTo(3);
        assertThat(cell.has("toCeiling")).isFalse();
    }

    /** The machine was twice as fast in the second round: that says nothing of the two. */
    @Test
    void roundsAreComparedOneByOne() {
        assertThat(Figure.of(List.of(100.0, 200.0)).times(Figure.of(List.of(50.0, 100.0))))
                .isEqualTo(2);
        assertThat(Figure.of(List.of(130.0, 100.0)).times(Figure.of(List.of(100.0, 200.0))))
                .isEqualTo(0.9);
    }

    @Test
    void theCeilingIsBothOneAfterTheOther() {
        add("3", TOTAL, 4000);
        results.add("pgbench", new Ceilings.Pair(10_000, 40_000));
        assertThat(cell("total/64/step-3").get("toCeiling").doubleValue()).isEqualTo(0.5);
    }

    /** The median of the rounds' ratios, as between two steps; the ratio of the medians would be 0.5. */
    @Test
    void theCeilingIsComparedRoundByRound() {
        add("3", TOTAL, 4000, 2000, 3000);
        for (var ceiling : List.of(20_000, 12_000, 8000)) {
            results.add("pgbench", new Ceilings.Pair(ceiling, ceiling));
        }
        assertThat(cell("total/64/step-3").get("toCeiling").doubleValue()).isEqualTo(0.4);
    }

    @Test
    void whatWasCompiledMeanwhileIsTold() {
        results.add(
                Variant.of("3"), TOTAL, new Sample(Map.of(Metric.PER_SECOND, 1.0, Metric.COMPILE_MS, 99.0), Map.of()));
        assertThat(printed()).doesNotContain("Not warm");
        results.add(
                Variant.of("3"), TOTAL, new Sample(Map.of(Metric.PER_SECOND, 1.0, Metric.COMPILE_MS, 101.0), Map.of()));
        assertThat(printed()).contains("Not warm").contains("total/64/step-3");
    }

    /** The list is measured four times as long. */
    @Test
    void ofALongerTimeMoreMayBeCompiled() {
        var list = Cell.closed(Workload.LIST, 1);
        results.add(
                Variant.of("4"), list, new Sample(Map.of(Metric.PER_SECOND, 1.0, Metric.COMPILE_MS, 399.0), Map.of()));
        assertThat(printed()).doesNotContain("Not warm");
        results.add(
                Variant.of("4"), list, new Sample(Map.of(Metric.PER_SECOND, 1.0, Metric.COMPILE_MS, 401.0), Map.of()));
        assertThat(printed()).contains("Not warm").contains("list/1/step-4");
    }

    private String printed() {
        var bytes = new ByteArrayOutputStream();
        results.print(new PrintStream(bytes, true));
        return bytes.toString();
    }

    @Test
    void littlesLawPredictsWhatAPoolAnswers() {
        add("3", Cell.slow(1, 10), 40);
        add("3", Cell.slow(256, 64), 2400);
        var cell = cell("slow/256/pool-64/step-3");
        assertThat(cell.get("predictedPerSecond").doubleValue()).isEqualTo(2560);
        assertThat(cell.get("toPrediction").doubleValue()).isEqualTo(0.9375);
        assertThat(cell("slow/1/pool-10/step-3").has("predictedPerSecond")).isFalse();
    }

    @Test
    void theTableHasALineForEachStepWithinAHundredColumns() {
        add("2", TOTAL, 100);
        add("3", TOTAL, 4000);
        var printed = printed();
        assertThat(printed)
                .contains("total, 64 connections")
                .containsPattern("(?m)^3 +█+ +4,000 ")
                .containsPattern("(?m)^3 .* 40\\.0$");
        assertThat(printed.lines()).allMatch(line -> line.length() <= 100);
    }
}
