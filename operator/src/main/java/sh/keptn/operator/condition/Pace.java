package sh.keptn.operator.condition;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * When to look at a resource again: each interval, with a jitter of a tenth so that many projects spread out; after a
 * failure soon, then in doubling pauses up to the interval. Remembers failures in a row only; a restart forgets them,
 * which costs one early try.
 */
public final class Pace {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 16;

    private final RandomGenerator random;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    public Pace(RandomGenerator random) {
        this.random = random;
    }

    /** The pause before the next pass. */
    public Duration after(String uid, Outcome outcome, Duration interval) {
        return switch (outcome) {
            case Outcome.Done done -> calm(uid, interval);
            case Outcome.Stalled stalled -> calm(uid, interval);
            case Outcome.Waiting waiting -> {
                failures.remove(uid);
                yield waiting.after();
            }
            case Outcome.Failed failed -> {
                int row = failures.merge(uid, 1, Integer::sum);
                Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(row - 1, MAX_DOUBLINGS));
                yield jittered(pause.compareTo(interval) < 0 ? pause : interval);
            }
        };
    }

    /** Drops what is known of a resource that is gone. */
    public void forget(String uid) {
        failures.remove(uid);
    }

    private Duration calm(String uid, Duration interval) {
        failures.remove(uid);
        return jittered(interval);
    }

    private Duration jittered(Duration duration) {
        return Duration.ofMillis((long) (duration.toMillis() * random.nextDouble(0.9, 1.1)));
    }
}
