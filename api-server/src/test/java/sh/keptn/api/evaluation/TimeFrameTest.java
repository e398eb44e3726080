package sh.keptn.api.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sh.keptn.api.http.Refusal;
import sh.keptn.core.error.KeptnException;

class TimeFrameTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        ",,, 2026-01-01T11:55:00Z, 2026-01-01T12:00:00Z",
        "'','','', 2026-01-01T11:55:00Z, 2026-01-01T12:00:00Z",
        ",,90s, 2026-01-01T11:58:30Z, 2026-01-01T12:00:00Z",
        "2026-01-01T10:00:00.000Z,,1h30m, 2026-01-01T10:00:00Z, 2026-01-01T11:30:00Z",
        "2026-01-01T10:00:00,2026-01-01T10:01:00,, 2026-01-01T10:00:00Z, 2026-01-01T10:01:00Z",
        "2026-01-01T10:00:00+01:00,2026-01-01T10:00:00Z,, 2026-01-01T09:00:00Z, 2026-01-01T10:00:00Z",
    })
    void takesEveryFormOfKeptn(String start, String end, String timeframe, Instant from, Instant to) {
        assertThat(TimeFrame.of(start, end, timeframe, NOW)).isEqualTo(new TimeFrame(from, to));
    }

    @ParameterizedTest
    @CsvSource({
        ",2026-01-01T10:00:00Z,5m, timeframe",
        "2026-01-01T10:00:00Z,,, start",
        ",2026-01-01T10:00:00Z,, end",
    })
    void refusesWhatMeansNothing(String start, String end, String timeframe, String field) {
        assertThatThrownBy(() -> TimeFrame.of(start, end, timeframe, NOW))
                .isInstanceOf(KeptnException.class)
                .hasMessageContaining(field);
    }

    @ParameterizedTest
    @CsvSource({
        ",,59s",
        ",,-5m",
        ",,soon",
        "2026-01-01T10:00:00Z,2026-01-01T10:00:59Z,",
        "2026-01-01T10:00:00Z,2026-01-01T09:00:00Z,",
        "2026-01-01,,5m",
        "2026-01-01T10:00Z,,5m",
        "2026-02-30T10:00:00Z,,5m",
        "yesterday,,5m",
    })
    void refusesAFrameThatIsNone(String start, String end, String timeframe) {
        assertThatThrownBy(() -> TimeFrame.of(start, end, timeframe, NOW)).isInstanceOf(Refusal.class);
    }
}
