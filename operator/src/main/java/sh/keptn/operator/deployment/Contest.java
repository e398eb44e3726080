package sh.keptn.operator.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a fight over a deployed object from going on for ever. What somebody changes is brought back at once; whoever
 * changes it again and again, as another controller would, is given way to for growing pauses, and named.
 *
 * <pre>
 *            drift              drift, the tenth in a row            a pause is over, drift
 *   calm ------------> repaired -----------------------> contested ------------------------> repaired once, contested
 *     ^                    |                                  |
 *     +---- a minute ------+------- a minute after the -------+
 *           without drift           last repair without drift
 * </pre>
 *
 * Remembered by this process alone: after a restart a fight takes ten more repairs to be known for one.
 */
final class Contest {
    static final int FREE_REPAIRS = 10;
    static final Duration CALM = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 4;

    private final InstantSource clock;
    private final Map<String, Bout> bouts = new ConcurrentHashMap<>();

    /** Repairs in a row, and what the last was about. */
    private record Bout(int repairs, Instant last, String words) {
        boolean contested() {
            return repairs >= FREE_REPAIRS;
        }

        Instant pausedUntil() {
            return contested()
                    ? last.plus(CALM.multipliedBy(1L << Math.min(repairs - FREE_REPAIRS, MAX_DOUBLINGS)))
                    : last;
        }

        Instant over() {
            return pausedUntil().plus(CALM.multipliedBy(2));
        }
    }

    Contest(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether a repair has to wait, as too many did not last. */
    boolean waits(String uid) {
        return Optional.ofNullable(bouts.get(uid))
                .filter(bout -> clock.instant().isBefore(bout.pausedUntil()))
                .isPresent();
    }

    /**
     * Takes note of a repair.
     *
     * @param words what was repaired, and who had changed it
     */
    void repaired(String uid, String words) {
        Instant now = clock.instant();
        bouts.compute(
                uid,
                (key, bout) -> bout == null || now.isAfter(bout.over())
                        ? new Bout(1, now, words)
                        : new Bout(bout.repairs() + 1, now, words));
    }

    /**
     * What is fought over, and with whom; empty if nothing is.
     *
     * @param drifted whether something is not as it was applied just now
     */
    Optional<String> contested(String uid, boolean drifted) {
        return Optional.ofNullable(bouts.get(uid))
                .filter(Bout::contested)
                .filter(bout -> drifted || clock.instant().isBefore(bout.last().plus(CALM)))
                .map(Bout::words);
    }

    void forget(String uid) {
        bouts.remove(uid);
    }
}
