package sh.keptn.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sh.keptn.bench.measure.Run;

class LineTest {
    private static final Run FAST = Run.of(new long[] {20_000_000}, Duration.ofMillis(20));
    private static final Run SLOW = Run.of(new long[] {100_000_000}, Duration.ofMillis(100));

    @Test
    void showsTheRatioAndThatTheGoalWasReached() {
        Line line = Line.byTime("1 client", FAST, "git", SLOW, Optional.of(Goal.timeAtMost(0.7, FAST, SLOW)));

        assertThat(line.markdown())
                .isEqualTo("| 1 client | 50.0/s, p50 20.0 ms, p99 20.0 ms | git: 10.0/s, p50 100 ms, p99 100 ms"
                        + " | time 0.2x | time <= 0.7x | yes |");
    }

    @Test
    void saysPlainlyThatAGoalWasMissed() {
        Line line = Line.byRate("crowd", FAST, "git", SLOW, Optional.of(Goal.rateAtLeast(8, FAST, SLOW)));

        assertThat(line.markdown()).endsWith("| rate 5.0x | rate >= 8.0x | **no** |");
    }
}
