package sh.keptn.operator.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sh.keptn.core.error.KeptnException;

class GoDurationTest {
    @Test
    void readsGoDurations() {
        assertThat(GoDuration.parse("f", "1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(GoDuration.parse("f", "500ms")).isEqualTo(Duration.ofMillis(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "m", "1x", "1m ", "1m2", "-1m", "9999999s"})
    void refusesEverythingElseAndNamesTheField(String text) {
        assertThatThrownBy(() -> GoDuration.parse("spec.interval", text))
                .isInstanceOf(KeptnException.class)
                .hasMessageStartingWith("spec.interval: ");
    }
}
