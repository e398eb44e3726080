package sh.keptn.operator.deployment;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * So many at one time, and of those so many for one owner: who wants much waits for his own, and never takes all of what
 * the others need. First come, first served.
 */
final class Turns {
    private final Semaphore all;
    private final int each;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /** Those of one owner who work or wait. */
    private record Line(Semaphore places, int length) {}

    /**
     * @param total at one time
     * @param each of these for one owner
     */
    Turns(int total, int each) {
        this.all = new Semaphore(total, true);
        this.each = each;
    }

    /** Does the work once it is its turn. */
    <T> T take(String owner, Supplier<T> work) {
        Semaphore own = join(owner);
        // The owner's first: whoever waits for that holds none of the others up.
        own.acquireUninterruptibly();
        all.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            all.release();
            own.release();
            leave(owner);
        }
    }

    /** How many owners are known: none when nobody works or waits. */
    int owners() {
        return lines.size();
    }

    private Semaphore join(String owner) {
        return lines.compute(
                        owner,
                        (key, line) -> line == null
                                ? new Line(new Semaphore(each, true), 1)
                                : new Line(line.places(), line.length() + 1))
                .places();
    }

    private void leave(String owner) {
        lines.computeIfPresent(
                owner, (key, line) -> line.length() == 1 ? null : new Line(line.places(), line.length() - 1));
    }
}
