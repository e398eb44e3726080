package sh.keptn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RunTest {
    private static final long MILLI = 1_000_000;

    @Test
    void percentilesAreValuesThatWereMeasured() {
        long[] hundred =
                LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLI).toArray();

        Run run = Run.of(hundred, Duration.ofSeconds(1));

        assertThat(run.median()).isEqualTo(50);
        assertThat(run.percentile(0.99)).isEqualTo(99);
        assertThat(run.percentile(1)).isEqualTo(100);
    }

    @Test
    void aSingleOperationIsItsOwnMedianAndMaximum() {
        Run run = Run.of(new long[] {7 * MILLI}, Duration.ofMillis(7));

        assertThat(run.median()).isEqualTo(7);
        assertThat(run.percentile(0.99)).isEqualTo(7);
    }

    @Test
    void theRateCountsWhatWasDoneWithinTheTimeOfAllClients() {
        Run run = Run.of(new long[] {100 * MILLI, 100 * MILLI, 100 * MILLI, 100 * MILLI}, Duration.ofMillis(200));

        assertThat(run.rate()).isCloseTo(20, within(1e-9));
    }

    @Test
    void twoRunsTogetherHoldAllOperationsAndBothTimes() {
        Run first = Run.of(new long[] {1 * MILLI, 9 * MILLI}, Duration.ofMillis(10));
        Run second = Run.of(new long[] {5 * MILLI}, Duration.ofMillis(20));

        Run both = first.plus(second);

        assertThat(both.count()).isEqualTo(3);
        assertThat(both.median()).isEqualTo(5);
        assertThat(both.rate()).isCloseTo(100, within(1e-9));
    }

    @Test
    void refusesARunInWhichNothingWasDone() {
        assertThatThrownBy(() -> Run.of(new long[0], Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
