package sh.keptn.api.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/**
 * The memory that the bodies of all requests may take at one time. A request claims the length of its body before it reads
 * it and gives it back with its answer; what has no room waits a while, then is asked to come again. So many large uploads
 * at once make each other wait, and never end the process for want of heap.
 */
final class BodyMemory {
    /** What a body becomes on its way (text, tree of JSON, decoded content, packed object) is some times its length. */
    private static final int SHARE_OF_HEAP = 16;

    private static final int UNIT = 16 * 1024;

    private final Semaphore units;
    private final int most;
    private final Duration patience;

    BodyMemory(long bytes, Duration patience) {
        this.most = units(bytes);
        this.units = new Semaphore(most, true);
        this.patience = patience;
    }

    /** A share of this process's heap, and room for one body of the largest size at least. */
    static BodyMemory ofHeap(long largestBody, Duration patience) {
        return new BodyMemory(Math.max(largestBody, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP), patience);
    }

    /** Room for one body, until it is closed. */
    record Claim(BodyMemory memory, int units) implements AutoCloseable {
        @Override
        public void close() {
            memory.units.release(units);
        }
    }

    /**
     * Claims room for a body of that many bytes.
     *
     * @throws KeptnException {@code Unavailable} if none is free for too long
     */
    Claim claim(long bytes) {
        int wanted = Math.min(most, units(bytes));
        try {
            if (units.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Claim(this, wanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new KeptnException(
                new KeptnError.Unavailable("too many large bodies at one time", Duration.ofSeconds(1)));
    }

    private static int units(long bytes) {
        return Math.clamp((bytes + UNIT - 1) / UNIT, 1, Integer.MAX_VALUE);
    }
}
