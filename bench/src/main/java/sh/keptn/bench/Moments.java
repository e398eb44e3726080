package sh.keptn.bench;

import java.time.Duration;
import java.util.Arrays;
import sh.keptn.bench.measure.Run;

/** Times that were taken within operations that were themselves timed. */
final class Moments {
    private final long[] nanos;
    private int count;

    Moments(int room) {
        this.nanos = new long[room];
    }

    /** Adds a time; answers it. */
    long add(long time) {
        nanos[count++] = time;
        return time;
    }

    Run run() {
        long[] taken = Arrays.copyOf(nanos, count);
        return Run.of(taken, Duration.ofNanos(Math.max(1, Arrays.stream(taken).sum())));
    }
}
