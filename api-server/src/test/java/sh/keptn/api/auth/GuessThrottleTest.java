package sh.keptn.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GuessThrottleTest {
    private final MovedClock clock = new MovedClock();
    private final GuessThrottle throttle = new GuessThrottle(1, 2, clock);

    @Test
    void saysHowLongToWaitWhenTheBucketIsEmpty() {
        throttle.guess("a");
        throttle.guess("a");

        assertThat(throttle.guess("a")).contains(Duration.ofSeconds(1));
    }

    @Test
    void refillsWithTime() {
        throttle.guess("a");
        throttle.guess("a");
        clock.now = clock.now.plusSeconds(1);

        assertThat(throttle.guess("a")).isEmpty();
        assertThat(throttle.guess("a")).isPresent();
    }

    @Test
    void a10RemembersABoundedNumberOfAddresses() {
        for (int i = 0; i < 30_000; i++) {
            throttle.guess("address-" + i);
        }

        assertThat(throttle.addresses()).isLessThanOrEqualTo(10_000);
    }

    private static final class MovedClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
