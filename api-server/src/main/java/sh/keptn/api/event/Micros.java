package sh.keptn.api.event;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Time as microseconds since 1970: what events are ordered by. */
public final class Micros {
    /** Far enough for every date, near enough to be reckoned with. */
    private static final long FARTHEST = Long.MAX_VALUE / 4;

    private final Clock clock;
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    /** Gives times of this clock, each later than the one before, even if the clock is set back or stands still. */
    public Micros(Clock clock) {
        this.clock = clock;
    }

    /** A time for the event that comes in now. */
    Instant next() {
        long now = of(clock.instant());
        return Instant.EPOCH.plus(last.updateAndGet(before -> Math.max(before + 1, now)), ChronoUnit.MICROS);
    }

    /** The microseconds of an instant; instants a hundred thousand years away count as that far. */
    public static long of(Instant instant) {
        try {
            return Math.clamp(ChronoUnit.MICROS.between(Instant.EPOCH, instant), -FARTHEST, FARTHEST);
        } catch (ArithmeticException tooFar) {
            return instant.isBefore(Instant.EPOCH) ? -FARTHEST : FARTHEST;
        }
    }
}
