package workshop.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workshop.stage.StageProcess.Settings;

class StageExtensionTest {
    @StartedWith({"POOL_SIZE=3", "POOL_TIMEOUT_MS=2000"})
    private static final class Around {
        @StartedWith({"POOL_TIMEOUT_MS=10000", "-Dcolour=red", "STYLE=reactive"})
        private final class Within {}
    }

    @Test
    void aClassIsStartedWithWhatThoseAroundItSayAndWithItsOwnWhereBothDo() {
        assertThat(StageExtension.settings(Around.Within.class, Settings.NONE))
                .isEqualTo(new Settings(
                        List.of("-Dcolour=red"),
                        Map.of("POOL_SIZE", "3", "POOL_TIMEOUT_MS", "10000", "STYLE", "reactive")));
    }
}
