package sh.keptn.bench.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** What a number of operations took, each and all together. */
public final class Run {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long[] sorted;
    private final long wallNanos;

    private Run(long[] sorted, long wallNanos) {
        this.sorted = sorted;
        this.wallNanos = wallNanos;
    }

    /** Operations that took these nanoseconds, done within {@code wall}. */
    public static Run of(long[] nanos, Duration wall) {
        if (nanos.length == 0 || !wall.isPositive()) {
            throw new IllegalArgumentException("a run holds at least one operation and takes time");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Run(sorted, wall.toNanos());
    }

    /** This run and a later one as one: all operations, and the time that both took. */
    public Run plus(Run later) {
        long[] all = Arrays.copyOf(sorted, sorted.length + later.sorted.length);
        System.arraycopy(later.sorted, 0, all, sorted.length, later.sorted.length);
        Arrays.sort(all);
        return new Run(all, wallNanos + later.wallNanos);
    }

    public int count() {
        return sorted.length;
    }

    /** Operations a second. */
    public double rate() {
        return count() * NANOS_PER_SECOND / wallNanos;
    }

    /** The smallest time that at least this share of the operations did not exceed (nearest rank), in milliseconds. */
    public double percentile(double share) {
        if (share <= 0 || share > 1) {
            throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[rank - 1] / NANOS_PER_MILLI;
    }

    /** Half of the operations took at most so many milliseconds. */
    public double median() {
        return percentile(0.5);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s/s, p50 %s ms, p99 %s ms",
                Figure.of(rate()),
                Figure.of(median()),
                Figure.of(percentile(0.99)));
    }
}
