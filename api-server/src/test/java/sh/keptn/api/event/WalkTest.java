package sh.keptn.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static sh.keptn.api.event.SampleEvent.anEvent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkTest {
    private final SetClock clock = new SetClock();
    private final InMemoryTail tail = new InMemoryTail();
    private final Horizon horizon = new Horizon(tail, clock);

    @Test
    void seesEachEventOnce() {
        // given
        tail.keep(1, 2, 3, 4, 5);
        Walk walk = new Walk(tail, horizon, 1);
        // when
        List<Long> seen = new ArrayList<>();
        for (int turn = 0; turn < 5; turn++) {
            walk.next(2).forEach(one -> seen.add(one.number()));
        }
        // then
        assertThat(seen).containsExactly(2L, 3L, 4L, 5L);
        assertThat(walk.position()).isEqualTo(5);
    }

    @Test
    void waitsForAnEventThatMayStillAppear() {
        // given
        tail.keep(1, 3);
        Walk walk = new Walk(tail, horizon, 0);
        // when
        List<Long> before = numbers(walk.next(10));
        tail.keep(2);
        List<Long> after = numbers(walk.next(10));
        // then
        assertThat(before).containsExactly(1L);
        assertThat(after).containsExactly(2L, 3L);
    }

    @Test
    void goesOnWhenAMissingEventCanNoLongerCome() {
        // given
        tail.keep(1, 3, 5);
        tail.giveUpTo(6);
        Walk walk = new Walk(tail, horizon, 0);
        walk.next(10);
        // when
        clock.advance(Duration.ofMinutes(1));
        List<Long> after = numbers(walk.next(10));
        // then
        assertThat(after).containsExactly(3L, 5L);
        assertThat(walk.position()).isEqualTo(6);
    }

    @Test
    void doesNotWaitAtOldGapsForANewWalk() {
        // given
        tail.keep(2, 40);
        horizon.head();
        clock.advance(Duration.ofMinutes(1));
        tail.keep(41);
        // when
        List<Long> seen = numbers(new Walk(tail, horizon, 0)
                .nextMarks(100).stream()
                        .map(mark ->
                                new EventTail.Numbered(mark.number(), anEvent().make()))
                        .toList());
        // then
        assertThat(seen).containsExactly(2L, 40L, 41L);
    }

    @Test
    void walksOverAGapThatIsLongerThanOnePart() {
        // given
        tail.keep(100);
        Walk walk = new Walk(tail, horizon, 0);
        walk.next(10);
        clock.advance(Duration.ofMinutes(1));
        // when
        List<Long> seen = new ArrayList<>();
        for (int turn = 0; turn < 10; turn++) {
            seen.addAll(numbers(walk.next(10)));
        }
        // then
        assertThat(seen).containsExactly(100L);
    }

    private static List<Long> numbers(List<EventTail.Numbered> events) {
        return events.stream().map(EventTail.Numbered::number).toList();
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        /** Every look is a little later, as with a real clock. */
        @Override
        public Instant instant() {
            now = now.plusMillis(250);
            return now;
        }

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
