package sh.keptn.api.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "5m, PT5M",
        "90s, PT1M30S",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1h1m1s1ms1us1ns, PT1H1M1.001001001S",
        "0, PT0S",
        "-5m, PT-5M",
        "+2m, PT2M",
    })
    void readsWhatGoWrites(String text, Duration length) {
        assertThat(GoDuration.parse(text)).contains(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "5 m", "5d", "1h-5m", "1..5h", "9999999999h", "PT5M", "5m5"})
    void refusesWhatGoCannotRead(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
