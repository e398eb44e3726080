package sh.keptn.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sh.keptn.crds.Reason;

class PaceTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Outcome FAILED = new Outcome.Failed(Reason.GIT_UNREACHABLE, "no host");

    private final Pace pace = new Pace(new Random(1));

    @Test
    void looksAgainEachIntervalGiveOrTakeATenth() {
        Duration pause = pace.after("uid", new Outcome.Done("well"), INTERVAL);

        assertThat(pause).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
    }

    @Test
    void doublesThePauseAfterEachFailureUpToTheInterval() {
        var pauses = Stream.generate(() -> pace.after("uid", FAILED, INTERVAL))
                .limit(100)
                .toList();

        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(900), Duration.ofMillis(1100));
        assertThat(pauses.get(3)).isBetween(Duration.ofMillis(7200), Duration.ofMillis(8800));
        assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
    }

    @Test
    void beginsAnewAfterASuccess() {
        pace.after("uid", FAILED, INTERVAL);
        pace.after("uid", FAILED, INTERVAL);
        pace.after("uid", new Outcome.Done("well"), INTERVAL);

        Duration pause = pace.after("uid", FAILED, INTERVAL);

        assertThat(pause).isLessThan(Duration.ofMillis(1200));
    }
}
