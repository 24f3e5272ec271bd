package workshop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** One short round, so that the benchmark does not rot; how fast anything is, is not judged. For authors: it takes the machine. */
@Tag("author")
class BenchCommandTest {
    @Test
    void aRoundMeasuresEverythingAndNothingFails(@TempDir Path folder) {
        var file = folder.resolve("bench.json");
        var command =
                "bench --stages 6 --workloads total,slow --connections 8 --rates 50 --pools 10 --rounds 1 --seconds 1";
        assertThat(Main.commandLine().execute((command + " --json " + file).split(" ")))
                .isZero();

        var results = JsonMapper.shared().readTree(file);
        for (var place : List.of("/machine/cpu", "/machine/versions/PostgreSQL", "/machine/commit", "/command")) {
            assertThat(results.at(place).stringValue()).as(place).isNotBlank();
        }
        assertThat(results.at("/ceilings/serial/median").doubleValue()).isPositive();
        assertThat(results.get("cells").valueStream().map(cell -> cell.get("id").stringValue()))
                .containsExactly(
                        "total/8/step-6", "total/rate-50/step-6", "slow/1/pool-10/step-6", "slow/256/pool-10/step-6");
        results.get("cells")
                .valueStream()
                .filter(cell -> cell.get("connections").intValue() == 8)
                .forEach(cell -> {
                    for (var metric : List.of(
                            "perSecond",
                            "p50Ms",
                            "p99Ms",
                            "serviceMicros",
                            "databaseMicros",
                            "allocatedKb",
                            "heapMb",
                            "threads",
                            "statements")) {
                        assertThat(cell.at("/" + metric + "/median").doubleValue())
                                .as(metric)
                                .isPositive();
                    }
                    assertThat(cell.get("failures").isEmpty())
                            .as(cell.toString())
                            .isTrue();
                });
    }
}
