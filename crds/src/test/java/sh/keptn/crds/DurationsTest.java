package sh.keptn.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @Test
    void readsGoDurations() {
        assertThat(Durations.parse("1h30m")).contains(Duration.ofMinutes(90));
        assertThat(Durations.parse("500ms")).contains(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "m", "1x", "1m ", "1m2", "-1m", "9999999s"})
    void readsNothingElse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }
}
